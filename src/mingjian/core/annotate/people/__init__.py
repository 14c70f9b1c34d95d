"""People with the posts that the page gives them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from mingjian.core.annotate.people.candidates import licensed_names, with_longer_names
from mingjian.core.annotate.people.mentions import mentions_by_name
from mingjian.core.annotate.people.posts import Chain, Held, all_held
from mingjian.core.annotate.people.readings import is_han
from mingjian.core.annotate.people.scene import Licensed, Scene, scene_of
from mingjian.core.annotate.people.told import told_of_each
from mingjian.core.model.article import Article
from mingjian.core.model.facts import Organisation, Person, Post
from mingjian.core.model.span import Pair, Span, cite
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.lexicon_matching import LexiconHit

Told = tuple[Licensed, tuple[Chain, ...]]
_NOT_HELD = frozenset({"former", "removed", "proposed"})
_BEFORE = 12  # characters before a name in which the page says that another bears it
_COMPARED = 100  # posts of one person, the latest, among which a post may be told again: nobody has more


def annotate_people(
    article: Article, found: GroupFindings, hits: Sequence[LexiconHit], organisations: Sequence[Organisation]
) -> tuple[Person, ...]:
    """The people that the body names, in order of first mention."""
    scene = scene_of(article, found, hits, organisations)
    groups: dict[str, list[Told]] = {}
    for told in told_of_each(scene, with_longer_names(scene, licensed_names(scene, found))):
        groups.setdefault(plain_name(article.folded[slice(*told[0].name)]), []).append(told)
    mentions = mentions_by_name(scene, {name: [one for one, _ in group] for name, group in groups.items()})
    return tuple(
        _person(scene, told, places)
        for name, group in groups.items()
        for told, places in _bearers(scene, group, mentions[name])
    )


def _bearers(
    scene: Scene, told: Sequence[Told], mentions: tuple[Pair, ...]
) -> Iterator[tuple[Sequence[Told], tuple[Pair, ...]]]:
    """The people who bear one name: from where the page tells of another (也有一位某某), it speaks of that one."""
    namesake = scene.cues["namesake"]
    places = (pair for pair in mentions if namesake.search(scene.folded, max(0, pair[0] - _BEFORE), pair[0]))
    start = next((pair[0] for pair in places), len(scene.folded))
    first = [each for each in told if each[0].name[0] < start]
    second = [each for each in told if each[0].name[0] >= start]
    if not (first and second):
        yield told, mentions
        return
    yield first, tuple(pair for pair in mentions if pair[0] < start)
    yield second, tuple(pair for pair in mentions if pair[0] >= start)


def plain_name(words: str) -> str:
    """The name without the spaces that some pages set between the characters of short names."""
    return "".join(words.split()) if words and is_han(words[0]) else words


def _person(scene: Scene, told: Sequence[Told], mentions: tuple[Pair, ...]) -> Person:
    best, title, affiliation = _primary(scene, told)
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


def _primary(scene: Scene, told: Sequence[Told]) -> tuple[Licensed, Pair | None, Pair | None]:
    """The place of the name, the title and the body of the post that the person is called by.

    Posts that are held come before those left or to come, of these those with a body, then offices before seats (常委),
    and of these the first printed.
    """
    every = [(one, chains, number) for one, chains in told for number in range(len(chains))]
    if not every:
        return told[0][0], None, None
    one, chains, number = min(every, key=lambda each: _rank(scene, each[1][each[2]]))
    chain = chains[number]
    title = _with_bodiless(chain.title, chains[number + 1 :]) if chain.title and chain.affiliation else chain.title
    return one, title, chain.affiliation


def _rank(scene: Scene, chain: Chain) -> tuple[bool, bool, bool]:
    last = scene.posts.get(chain.title[1]) if chain.title else None
    member = last is not None and last.surface in scene.settings["memberships"]
    return chain.held[0].status in _NOT_HELD, not (chain.title and chain.affiliation), member


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
