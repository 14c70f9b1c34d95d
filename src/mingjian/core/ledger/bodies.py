"""Bodies under the names by which pages and the lexicon of organs know them."""

from __future__ import annotations

from functools import lru_cache

from mingjian.core.model.things import PageCard
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.text.folding import fold


def body_called(page: PageCard, printed: str) -> str:
    """The name of a body, as the page or the lexicon knows it, without the words that only count others beside it."""
    others = bundled_rulebook().cues("corpus/comparing")["others"].search(fold(printed))
    alone = printed if others is None else printed[: others.start()]
    return page.called.get(alone) or _organs().get(fold(alone), alone)


@lru_cache(maxsize=1)
def _organs() -> dict[str, str]:
    """The organs of the state by all their names."""
    entries = bundled_rulebook().lexicon("state_bodies").entries
    return {fold(name): entry.name for entry in reversed(entries) for name in entry.surfaces}
