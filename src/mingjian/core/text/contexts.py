"""Whether a name of a lexicon means its entry where it stands: what the row says of the words around it."""

from __future__ import annotations

from functools import lru_cache

from mingjian.core.text.folding import fold
from mingjian.core.text.lexicon_matching import LexiconHit


def is_barred(folded: str, hit: LexiconHit) -> bool:
    """Whether words stand right behind it, or right before it, with which it means something else.

    The columns ``not_before`` and ``not_after`` hold them: 工业 is no industry in 工业革命. Words with a surface of
    the row and a colon before them hold for that surface alone.
    """
    fields = hit.entry.fields
    before, after = fields.get("not_before"), fields.get("not_after")
    if before and folded.startswith(_words_for(before, hit.surface), hit.end):
        return True
    return bool(after) and folded.endswith(_words_for(after or "", hit.surface), 0, hit.start)


def is_weak(hit: LexiconHit) -> bool:
    """Whether the column ``weak`` says that these words are also plain words, which count only with support."""
    weak = hit.entry.fields.get("weak")
    return bool(weak) and hit.surface in _words(weak or "")


def has_needed(folded: str, hit: LexiconHit, near: int) -> bool | None:
    """Whether a word of the column ``needs`` stands within ``near`` characters; None where the column is empty."""
    needs = hit.entry.fields.get("needs")
    if not needs:
        return None
    before, after = folded[max(0, hit.start - near) : hit.start], folded[hit.end : hit.end + near]
    return any(word in before or word in after for word in _words(needs))


@lru_cache(maxsize=4096)
def _words(cell: str) -> tuple[str, ...]:
    """The words of a cell, as they stand in folded text."""
    return tuple(fold(cell).split("|"))


@lru_cache(maxsize=8192)
def _words_for(cell: str, surface: str) -> tuple[str, ...]:
    """The words of a cell that hold for this surface."""
    named = (word.rpartition(":") for word in _words(cell))
    return tuple(word for own, _, word in named if own in ("", surface))
