"""Who set a target or tells a number, and in which document: of the same sentence, or held on from an earlier one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

import msgspec

from mingjian.core.model.article import HEADING_ROLES, Article
from mingjian.core.model.facts import Organisation, Policy, Region
from mingjian.core.model.span import Pair
from mingjian.core.text.folding import fold
from mingjian.core.text.mentions import Mention
from mingjian.core.text.scenes import Scene

_POLICY_TEXT = "policy_text"
_NEAR = {"ask": 8, "goal": 8, "plan": 3}  # characters between a body and the word by which it asks, aims or plans


class Documents(msgspec.Struct, frozen=True):
    """The documents that the page names, by place; ``own`` is that whose text the page is."""

    own: Policy | None
    places: Sequence[Pair]
    policies: Sequence[Policy]

    def before(self, low: int, offset: int) -> tuple[Pair, Policy] | None:
        """The last place between that names one."""
        number = bisect_right(self.places, (offset,)) - 1
        if number < 0 or self.places[number][0] < low:
            return None
        return self.places[number], self.policies[number]

    def of_word(self, word: str) -> Policy | None:
        """The only one whose title has the word."""
        fitting = {policy.title: policy for policy in self.policies if word in fold(policy.title)}
        return next(iter(fitting.values())) if len(fitting) == 1 else None


class Credit(msgspec.Struct, frozen=True):
    """The document and the body behind a fact, each with its places."""

    policy: str | None = None
    policy_places: tuple[Pair, ...] = ()
    issuer: str | None = None
    issuer_places: tuple[Pair, ...] = ()


def own_document(policies: Iterable[Policy], article: Article, doc_type: str) -> Policy | None:
    """That whose text the page is: on a page of a policy's text the document that its title or a heading names."""
    if doc_type != _POLICY_TEXT:
        return None
    blocks = article.body
    first = next((block.start for block in blocks if block.role not in HEADING_ROLES), len(article.text))
    headings = {block.start for block in blocks if block.role in HEADING_ROLES}

    def is_own(policy: Policy) -> bool:
        places = (*policy.parts.get("title", ()), *policy.mentions)
        return policy.notice is not None or any(place[0] < first or place[0] in headings for place in places)

    return next((policy for policy in policies if "title" in policy.parts and is_own(policy)), None)


def documents_of(policies: Iterable[Policy], own: Policy | None) -> Documents:
    """The documents of the page by place."""
    placed = sorted((pair, number) for number, policy in enumerate(policies) for pair in policy.mentions)
    listed = tuple(policies)
    return Documents(own, [pair for pair, _ in placed], [listed[number] for _, number in placed])


def credit_of(documents: Documents, scene: Scene, offset: int, *, is_target: bool) -> Credit:
    """Who and what stands behind the fact at the place; its places are those of the words."""
    told = _told_in(documents, scene, offset, is_target=is_target)
    if told is None and documents.own is not None and is_target:
        title = documents.own.parts.get("title", ())
        told = (title[0], documents.own) if title else None
    if told is None:
        speaker = _speaker(scene, offset) if is_target else None
        return Credit(issuer=speaker.bearer.name, issuer_places=(speaker.pair,)) if speaker else Credit()
    place, policy = told
    title_places = (place,)
    issuers = policy.parts.get("issuer", ()) if policy.issuer else ()
    if issuers:
        return Credit(policy.title, title_places, ";".join(policy.issuer), tuple(issuers))
    speaker = _speaker(scene, offset) if is_target else None
    if speaker is None:
        return Credit(policy.title, title_places)
    return Credit(policy.title, title_places, speaker.bearer.name, (speaker.pair,))


def _told_in(documents: Documents, scene: Scene, offset: int, *, is_target: bool) -> tuple[Pair, Policy] | None:
    """The document that asks for it: named before it in the sentence, else in the paragraph or the lead of its list."""
    if not documents.places:
        return None
    found = documents.before(scene.start, offset)
    if found is not None and _asks(scene, found[0][1], offset):
        return found
    named = _asking(documents, scene, (scene.start, offset))
    if named is not None or not is_target:
        return named
    held = _asking(documents, scene, scene.scope.lead or (scene.paragraph, scene.start))
    return held if held is not None or scene.lead is None else _asking(documents, scene, scene.lead)


def _asking(documents: Documents, scene: Scene, place: Pair) -> tuple[Pair, Policy] | None:
    """The last document there of which it is said that it asks: by its title, or by a word that only its title has."""
    last = None
    for last in scene.page.document_asks.finditer(scene.page.folded, *place):  # noqa: B007
        pass
    if last is None:
        return None
    if last["word"] is None:
        return documents.before(place[0], last.start() + 1)
    policy = documents.of_word(last["word"])
    return (last.span("word"), policy) if policy is not None else None


def _asks(scene: Scene, low: int, offset: int) -> bool:
    """Whether words by which a document asks or plans stand between."""
    return any(scene.between(kind, low, offset) for kind in ("ask", "plan", "goal")) or any(
        time.function == "deadline" and low <= time.start < offset for time in scene.times
    )


def _speaker(scene: Scene, offset: int) -> Mention | None:
    """The body or place that asks for it or plans it: 国资委提出, 深圳将."""
    cues = sorted(
        ((match.start, reach) for kind, reach in _NEAR.items() for match in scene.between(kind, scene.start, offset)),
        reverse=True,
    )
    for cue, reach in cues:
        for mention in reversed(scene.bearers):
            if mention.end <= cue and cue - mention.end <= reach and isinstance(mention.bearer, (Organisation, Region)):
                between = scene.page.folded[mention.end : cue]
                if not scene.page.apart.search(between):
                    return mention
    return None
