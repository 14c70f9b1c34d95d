"""The tools ``search`` and ``facts``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from difflib import get_close_matches
from itertools import islice

import msgspec

from mingjian.core.model.things import FIELDS
from mingjian.core.pipeline.identity import fact_kinds
from mingjian.core.search.documents import FACT_KINDS
from mingjian.core.storing import StoreReader
from mingjian.corpus import Answer, Asked, FoundFact, FoundPage
from mingjian.errors import QuestionError
from mingjian.serve.mcp import answers
from mingjian.serve.mcp.answers import Fact, FactsAnswer, Name, SearchAnswer
from mingjian.serve.mcp.arguments import KINDS_OF_FACTS, FactsArguments, SearchArguments
from mingjian.serve.mcp.citing import encoded_size, fact_of, fitting, outcome, span_of
from mingjian.serve.mcp.meaning import RefusedError, Said, behind, named, page_called
from mingjian.serve.mcp.quoting import quoted
from mingjian.serve.workspace import Workspace
from mingjian.store.search import EntityHit

_MOST_BYTES = 64_000
_KIND_OF_FIELD = {field: kind for kind, field in FIELDS.items()} | {
    "technologies": "technology",
    "industries": "industry",
    "regions": "region",
}


def kind_of_field(field: str) -> str:
    """What a fact is that stands in this field of a record."""
    return _KIND_OF_FIELD[field]


def search(workspace: Workspace, asked: SearchArguments) -> SearchAnswer:
    """What answers the query."""
    words = Asked(words=asked.query, limit=asked.limit, offset=asked.offset, order=asked.order, fold=not asked.reprints)
    found = workspace.search(words, asked.find)
    pages, all_pages = fitting(map(_page, found.pages), _MOST_BYTES, encoded_size)
    facts, all_facts = fitting(_facts(workspace, found.facts), _MOST_BYTES, encoded_size)
    names = tuple(map(_name, found.entities))
    count = len(pages) + len(facts) + len(names)
    return SearchAnswer(
        total=found.total,
        offset=asked.offset,
        next_offset=_next(asked.offset, count, more=count == asked.limit or not (all_pages and all_facts)),
        behind=behind(workspace),
        notices=_notices(found),
        pages=tuple(pages),
        facts=tuple(facts),
        names=names,
        also_searched=tuple(f"{alias.of} = {alias.name}" for alias in found.aliases),
    )


def facts(workspace: Workspace, asked: FactsArguments) -> FactsAnswer:
    """Facts of a page, or those of all pages that answer."""
    _must_be_kinds(asked.kinds)
    if asked.page is not None:
        return _facts_of_page(workspace, asked, asked.page)
    query = _query(asked)
    if not query:
        raise QuestionError("", "asks for all facts there are", "give a page, kinds, a query or another filter")
    found = workspace.search(Asked(words=query, limit=asked.limit, offset=asked.offset), "facts")
    kept, whole = fitting(_facts(workspace, found.facts), _MOST_BYTES, encoded_size)
    return FactsAnswer(
        total=found.total,
        offset=asked.offset,
        next_offset=_next(asked.offset, len(kept), more=len(kept) == asked.limit or not whole),
        behind=behind(workspace),
        notices=_notices(found),
        facts=tuple(kept),
    )


def _facts_of_page(workspace: Workspace, asked: FactsArguments, page: str) -> FactsAnswer:
    if asked.query or asked.regions or asked.organisations or asked.since or asked.until:
        raise QuestionError(page, "is asked together with filters for all pages", "give the page and kinds alone")
    with workspace.pages() as reader:
        kept = page_called(reader, page)
        record, text = reader.told(kept.number), reader.text(kept.number)
        if record is None:
            raise RefusedError(
                f"the page {kept.id} has no record; whoever runs this extracts it again with `mingjian reextract`"
            )
        every = [
            (kind_of_field(field), fact)
            for field, several in fact_kinds(record).items()
            for fact in several
            if not asked.kinds or kind_of_field(field) in asked.kinds
        ]
        shown = islice(every, asked.offset, asked.offset + asked.limit)
        found, _ = fitting((fact_of(kept.id, *one, text) for one in shown), _MOST_BYTES, encoded_size)
    return FactsAnswer(
        total=len(every),
        offset=asked.offset,
        next_offset=_next(asked.offset, len(found), more=asked.offset + len(found) < len(every)),
        behind=behind(workspace),
        notices=(),
        facts=tuple(found),
    )


def _must_be_kinds(kinds: Sequence[str]) -> None:
    for kind in kinds:
        if kind not in KINDS_OF_FACTS:
            near = get_close_matches(kind, KINDS_OF_FACTS, n=3, cutoff=0.4) or KINDS_OF_FACTS
            raise QuestionError(kind, "is no kind of facts", f"did you mean {', '.join(near)}?")


def _query(asked: FactsArguments) -> str:
    """The filters in the language of search."""
    unsearched = [kind for kind in asked.kinds if kind not in FACT_KINDS.values()]
    if unsearched:
        raise QuestionError(unsearched[0], "is listed by page only", "give a page, or find names with `search`")
    parts = [asked.query or "", _either("type", asked.kinds), _either("region", asked.regions)]
    parts.append(_either("org", asked.organisations))
    if asked.since or asked.until:
        parts.append(f"date:{_value(asked.since or '')}..{_value(asked.until or '')}")
    return " ".join(filter(None, parts))


def _either(field: str, values: Sequence[str]) -> str:
    return " | ".join(f'{field}:"{held}"' for value in values if (held := _value(value)))


def _value(words: str) -> str:
    """The words without what would end them within quotation marks."""
    return " ".join("".join(" " if sign in '"“”「」『』＂|｜' else sign for sign in words).split())


def _next(offset: int, count: int, *, more: bool) -> int | None:
    return offset + count if more and count else None


def _notices(found: Answer) -> tuple[str, ...]:
    """What of the query was not taken as it may be meant; how many hits are damaged."""
    notes = [f"{note.kind}: {quoted(note.words[:40])}" for note in found.notes]
    if found.damaged:
        notes.append(
            f"{len(found.damaged)} kinds of damage leave hits out: whoever runs this runs `mingjian check --thoroughly`"
        )
    return tuple(notes)


def _page(found: FoundPage) -> answers.FoundPage:
    said = Said(found.title, found.source, found.publisher, found.published)
    return answers.FoundPage(
        **msgspec.structs.asdict(named(found.id, found.address, said)),
        whole=found.whole,
        copies=found.copies,
        snippets=tuple(span_of(found.id, (one.start, one.end), one.text) for one in found.shown),
    )


def _facts(workspace: Workspace, found: Sequence[FoundFact]) -> Iterator[Fact]:
    """The facts with their parts, for which the texts of their pages are read."""
    if not found:
        return
    with workspace.pages() as reader:
        text_of = _texts(reader)
        for one in found:
            told = fact_of(one.page, one.kind, one.fact, text_of(one.page))
            title, published = outcome(one.page, one.title), outcome(one.page, one.published)
            yield msgspec.structs.replace(told, title=title, published=published)


def _texts(reader: StoreReader) -> Callable[[str], str]:
    """The text of a page by its id, read once."""
    read: dict[str, str] = {}

    def text_of(page: str) -> str:
        if page not in read:
            read[page] = reader.text(page_called(reader, page).number)
        return read[page]

    return text_of


def _name(found: EntityHit) -> Name:
    return Name(untrusted=True, kind=found.kind, name=found.name, names=found.names[:8], pages=found.pages)
