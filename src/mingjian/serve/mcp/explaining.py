"""The tool ``explain``: why a record holds a fact, or why the mentions of a thing are one."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from mingjian.brief.explaining import blocks_of
from mingjian.brief.ledgers.columns import columns_of
from mingjian.core.books import Books
from mingjian.core.ledger.resolving import things_meant
from mingjian.core.model.explanation import Explanation
from mingjian.core.model.things import MentionRef, Thing
from mingjian.core.pipeline.explaining import explain as explain_fact
from mingjian.core.pipeline.identity import fact_kinds
from mingjian.core.review.explaining import judged
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.storing import StoreReader
from mingjian.corpus.books.describing import ThingStory, ToldMention, tell_thing
from mingjian.corpus.desk import Desk
from mingjian.serve.mcp.answers import ExplainAnswer, FactExplained, Mention, Reason, ThingExplained, Tie
from mingjian.serve.mcp.arguments import ExplainArguments
from mingjian.serve.mcp.citing import fact_of, span_of, thing_link
from mingjian.serve.mcp.finding import kind_of_field
from mingjian.serve.mcp.meaning import RefusedError, Said, behind, named, page_called
from mingjian.serve.mcp.quoting import quoted
from mingjian.serve.mcp.tabling import row_of
from mingjian.serve.workspace import Workspace

_MENTIONS = 20
_LISTED = 8
_LEAST_ID = 4
_PARAGRAPHS = 60


def explain(workspace: Workspace, asked: ExplainArguments) -> ExplainAnswer:
    """Why a record holds the fact of this id, or what is known of the thing of this id or name."""
    wanted = asked.id.strip().removeprefix(thing_link(""))
    found = _found(workspace, wanted, asked)
    fact = found if isinstance(found, FactExplained) else None
    thing = found if isinstance(found, ThingExplained) else None
    return ExplainAnswer(fact=fact, thing=thing, behind=behind(workspace), notices=())


def _found(workspace: Workspace, wanted: str, asked: ExplainArguments) -> FactExplained | ThingExplained:
    """The fact or the thing that is meant."""
    if asked.page is not None:
        return _on_page(workspace, wanted, asked.page)
    with workspace.books() as books:
        thing = _wanted(books, wanted, asked.what)
        if thing is not None:
            return _explained_thing(tell_thing(books, thing, workspace.state().day, _MENTIONS))
        ref = _mention(books, wanted)
    return _on_page(workspace, ref.fact, ref.page)


def _wanted(books: Books, wanted: str, what: str) -> Thing | None:
    """The thing, where one is asked for or an id may be that of one."""
    if what == "fact":
        return None
    return thing_called(books, wanted) if what == "thing" else _thing(books, wanted)


def thing_called(books: Books, wanted: str) -> Thing:
    """The thing of this id or name; raises ``RefusedError`` for none, and for several, which it quotes."""
    found = things_meant(books, wanted)
    own = [thing for thing in found if thing.id.startswith(wanted.lower())]
    if len(own) == 1 or len(found) == 1:
        return (own or found)[0]
    if not found:
        raise RefusedError(
            f"nothing is called {quoted(wanted)}; give an id that `ledger` lists, or a thing's full name"
        )
    listed = [f"{thing.id} {thing.kind} {quoted(thing.name)}" for thing in found[:_LISTED]]
    raise RefusedError(f"{quoted(wanted)} means {len(found)} things; give the id of one, such as listed here", listed)


def _thing(books: Books, wanted: str) -> Thing | None:
    """The thing of this id or name; nothing where an id begins that of no thing, but maybe that of a fact."""
    if _is_id(wanted) and not any(thing.id.startswith(wanted.lower()) for thing in books.beginning(wanted.lower())):
        return None
    return thing_called(books, wanted)


def _is_id(words: str) -> bool:
    return len(words) >= _LEAST_ID and set(words.lower()) <= set("0123456789abcdef")


def _mention(books: Books, wanted: str) -> MentionRef:
    """The mention whose fact's id begins so; raises ``RefusedError`` for none, and for several."""
    found = books.beginning(wanted.lower()) if _is_id(wanted) else ()
    refs = {
        ref.fact: ref
        for thing in found
        for member in books.members(thing.id)
        if (ref := member.ref).fact.startswith(wanted.lower())
    }
    if len(refs) == 1:
        return next(iter(refs.values()))
    if refs:
        listed = ", ".join(sorted(refs)[:_LISTED])
        raise RefusedError(f"{quoted(wanted)} begins the ids of several facts: {listed}; give more")
    mend = "of technologies, industries and places give `page` too"
    raise RefusedError(f"no fact or thing has the id {quoted(wanted)}; {mend}")


def _on_page(workspace: Workspace, wanted: str, page: str) -> FactExplained:
    with workspace.pages() as reader:
        return _explained_fact(reader, workspace.corpus.desk, wanted.lower(), page)


def _explained_fact(reader: StoreReader, desk: Desk, wanted: str, page: str) -> FactExplained:
    kept = page_called(reader, page)
    record = reader.told(kept.number)
    every = [(field, fact) for field, facts in fact_kinds(record).items() for fact in facts] if record else []
    found = [(field, fact) for field, fact in every if fact.id.startswith(wanted)]
    if record is None or len(found) != 1:
        many = "several facts whose ids begin" if found else "no fact whose id begins"
        raise RefusedError(f"the page {kept.id} has {many} with {quoted(wanted)}; take an id from `facts` of this page")
    field, fact = found[0]
    original = reader.original(kept.number)
    told = msgspec.structs.replace(
        explain_fact(record, original, fact.id, bundled_rulebook()),
        reviews=judged(desk.fact(kept.id, fact.id).reviews),
    )
    passage = told.passage
    return FactExplained(
        fact=fact_of(kept.id, kind_of_field(field), fact, original.text),
        passage=span_of(kept.id, (passage.start, passage.end), passage.text),
        same_rules=told.same_rules,
        reasons=tuple(_reasons(told))[:_PARAGRAPHS],
        rules=tuple(dict.fromkeys((*(rule.id for rule in told.rules), *_rules_before(told)))),
    )


def _rules_before(told: Explanation) -> Iterator[str]:
    """The rules that had made the fact before people said otherwise."""
    return (review.rule for review in told.reviews if review.rule)


def _reasons(told: Explanation) -> Iterator[Reason]:
    for block in blocks_of(told):
        for line in block.lines:
            about = f"{block.label} {line.label}".strip()
            yield Reason(untrusted=True, about=about, said=line.said, rule=line.rule)


def _explained_thing(story: ThingStory) -> ThingExplained:
    thing = story.thing
    told = {"mentions": thing.mentions, "pages": thing.pages, "sources": thing.sources}
    ties = (
        Tie(
            untrusted=True,
            first=link.first.fact,
            second=link.second.fact,
            reason=link.reason,
            says=link.says,
            on=link.on,
        )
        for link in story.links
    )
    return ThingExplained(
        untrusted=True,
        id=thing.id,
        link=thing_link(thing.id),
        kind=thing.kind,
        name=thing.name,
        told=told,
        mentions=tuple(map(_told_mention, story.mentions)),
        ties=tuple(ties),
        ledger=story.ledger,
        row=None if story.row is None else row_of(story.row, columns_of(type(story.row))),
    )


def _told_mention(mention: ToldMention) -> Mention:
    ref = mention.ref
    said = Said(mention.title, mention.source, mention.publisher, mention.published)
    return Mention(
        fact=ref.fact,
        evidence=span_of(ref.page, ref.pair, mention.words),
        page=named(ref.page, mention.address, said),
    )
