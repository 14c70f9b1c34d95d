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
    best, chain = _primary(told)
    parts: dict[str, tuple[Pair, ...]] = {"name": (best.name,)}
    if chain is not None:
        parts["title"] = (chain.title,)
        if chain.affiliation:
            parts["affiliation"] = (chain.affiliation,)
    start = min(pair[0] for pairs in parts.values() for pair in pairs)
    text = scene.article.text
    return Person(
        name=plain_name(text[slice(*best.name)]),
        title=text[slice(*chain.title)] if chain else None,
        affiliation=text[slice(*chain.affiliation)] if chain and chain.affiliation else None,
        posts=_posts(text, (held for _, chains in told for held in all_held(chains))),
        evidence=cite(text, start, max(pair[1] for pairs in parts.values() for pair in pairs)),
        mentions=mentions,
        parts=parts,
        by=best.by,
    )


def _primary(told: Sequence[tuple[Licensed, tuple[Chain, ...]]]) -> tuple[Licensed, Chain | None]:
    """The first chain of posts that names a body, else the first chain, with the place of the name beside it."""
    all_told = [(one, chain) for one, chains in told for chain in chains]
    for one, chain in all_told:
        if chain.affiliation:
            return one, chain
    return all_told[0] if all_told else (told[0][0], None)


def _posts(text: str, all_told: Iterable[Held]) -> tuple[Post, ...]:
    """The posts of one person, each once: a later title without a body adds nothing to an earlier one that has it."""
    posts: list[Post] = []
    for held in all_told:
        post = _post(text, held)
        if not any(_repeats(post, earlier) for earlier in posts):
            posts.append(post)
    return tuple(posts)


def _repeats(post: Post, earlier: Post) -> bool:
    same = earlier.title == post.title or (post.affiliation is None and earlier.title.endswith(post.title))
    return same and post.affiliation in (None, earlier.affiliation) and post.status in (None, earlier.status)


def _post(text: str, held: Held) -> Post:
    def span(pair: Pair | None) -> Span | None:
        return cite(text, *pair) if pair else None

    return Post(
        title=text[slice(*held.title)],
        title_span=cite(text, *held.title),
        affiliation=text[slice(*held.affiliation)] if held.affiliation else None,
        affiliation_span=span(held.affiliation),
        status=held.status,  # type: ignore[arg-type]
        status_span=span(held.sign),
        date=text[slice(*held.date)] if held.date else None,
        date_span=span(held.date),
        role=held.role,  # type: ignore[arg-type]
    )
