"""People with the posts that the page gives them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mingjian.core.annotate.people.candidates import licensed_names
from mingjian.core.annotate.people.mentions import mentions_by_name
from mingjian.core.annotate.people.posts import Chain, Held, all_held, chains_of
from mingjian.core.annotate.people.readings import is_han
from mingjian.core.annotate.people.scene import Licensed, Scene, scene_of
from mingjian.core.model.article import Article
from mingjian.core.model.facts import Organisation, Person, Post
from mingjian.core.model.span import Pair, Span, cite
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.lexicon_matching import LexiconHit

_COMPARED = 100  # posts of one person, the latest, among which a post may be told again: nobody has more


def annotate_people(
    article: Article, found: GroupFindings, hits: Sequence[LexiconHit], organisations: Sequence[Organisation]
) -> tuple[Person, ...]:
    """The people that the body names, in order of first mention."""
    scene = scene_of(article, found, hits, organisations)
    groups: dict[str, list[Licensed]] = {}
    for one in licensed_names(scene, found):
        groups.setdefault(plain_name(article.folded[slice(*one.name)]), []).append(one)
    mentions = mentions_by_name(scene, groups)
    return tuple(_person(scene, group, mentions[name]) for name, group in groups.items())


def plain_name(words: str) -> str:
    """The name without the spaces that some pages set between the characters of short names."""
    return "".join(words.split()) if words and is_han(words[0]) else words


def _person(scene: Scene, group: Sequence[Licensed], mentions: tuple[Pair, ...]) -> Person:
    told = [(one, chains_of(scene, one)) for one in group]
    best, title, affiliation = _primary(told)
    spans = {"name": best.name, "title": title, "affiliation": affiliation}
    parts: dict[str, tuple[Pair, ...]] = {part: (pair,) for part, pair in spans.items() if pair}
    start = min(pair[0] for pairs in parts.values() for pair in pairs)
    text = scene.article.text
    return Person(
        name=plain_name(text[slice(*best.name)]),
        title=text[slice(*title)] if title else None,
        affiliation=text[slice(*affiliation)] if affiliation else None,
        posts=_posts(text, (held for _, chains in told for held in all_held(chains))),
        evidence=cite(text, start, max(pair[1] for pairs in parts.values() for pair in pairs)),
        mentions=mentions,
        parts=parts,
        by=best.by,
    )


def _primary(told: Sequence[tuple[Licensed, tuple[Chain, ...]]]) -> tuple[Licensed, Pair | None, Pair | None]:
    """The place of the name, the title and the body of the first posts that have both, else of the first posts."""
    for one, chains in told:
        for number, chain in enumerate(chains):
            if chain.affiliation and chain.title:
                return one, _with_bodiless(chain.title, chains[number + 1 :]), chain.affiliation
    for one, chains in told:
        if chains:
            return one, chains[0].title, chains[0].affiliation
    return told[0][0], None, None


def _with_bodiless(title: Pair, behind: Sequence[Chain]) -> Pair:
    """The title with those behind it that have no body of their own: 省委副书记、省长."""
    if behind and behind[0].affiliation is None and behind[0].title and 0 <= behind[0].title[0] - title[1] <= 1:
        return _with_bodiless((title[0], behind[0].title[1]), behind[1:])
    return title


def _posts(text: str, all_told: Iterable[Held]) -> tuple[Post, ...]:
    """The posts of one person, each once: a later title without a body adds nothing to an earlier one that has it."""
    posts: list[Post] = []
    for held in all_told:
        post = _post(text, held)
        if not any(_repeats(post, earlier) for earlier in posts[-_COMPARED:]):
            posts.append(post)
    return tuple(posts)


def _repeats(post: Post, earlier: Post) -> bool:
    same = earlier.title == post.title
    if post.affiliation is None and earlier.title and post.title:
        same = earlier.title.endswith(post.title)
    return same and post.affiliation in (None, earlier.affiliation) and post.status in (None, earlier.status)


def _post(text: str, held: Held) -> Post:
    def span(pair: Pair | None) -> Span | None:
        return cite(text, *pair) if pair else None

    return Post(
        title=text[slice(*held.title)] if held.title else None,
        title_span=span(held.title),
        affiliation=text[slice(*held.affiliation)] if held.affiliation else None,
        affiliation_span=span(held.affiliation),
        status=held.status,  # type: ignore[arg-type]
        status_span=span(held.sign),
        date=text[slice(*held.date)] if held.date else None,
        date_span=span(held.date),
        role=held.role,  # type: ignore[arg-type]
    )
