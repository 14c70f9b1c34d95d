"""The rules by which records are made: list and show."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from litestar import Controller, Request, Response, get
from litestar.di import NamedDependency
from litestar.params import PathParameter, QueryParameter

from mingjian.core.pipeline.rule_places import where_asked
from mingjian.core.pipeline.rules_named import Named, every_named, named, pattern_of, triggers_of
from mingjian.core.rulebook import Rulebook, bundled_rulebook
from mingjian.errors import RuleError, UnknownError
from mingjian.serve.access.rights import needs
from mingjian.serve.paging import PART, Listed, Part, linked, listed


class RuleTold(msgspec.Struct, frozen=True, kw_only=True):
    """A rule by its id, and what it is for; ``kind`` is rule, cue, frame or method."""

    id: str
    kind: str
    family: str
    note: str


class RuleDetail(RuleTold, frozen=True, kw_only=True):
    """A rule in full: where it stands, its pattern, what it finds and what not, and where it is asked.

    A method has no file and no pattern. ``version`` is that of the rule book.
    """

    file: str | None
    line: int | None
    pattern: str | None
    examples: tuple[dict[str, Any], ...]
    counter_examples: tuple[str, ...]
    asked: str
    triggers: tuple[str, ...]
    version: str


class RulesController(Controller):
    """The rules."""

    path = "/rules"
    tags = ["rules"]  # noqa: RUF012 - as Litestar asks for it
    opt = needs("read")

    @get("/", sync_to_thread=True, operation_id="listRules", summary="The rules", dependencies=PART)
    def rules(
        self,
        request: Request[Any, Any, Any],
        part: NamedDependency[Part],
        family: Annotated[
            str | None, QueryParameter(max_length=100, description="Only those of this file, such as events.")
        ] = None,
    ) -> Response[Listed[RuleTold]]:
        """List the rules, cues, frames and methods in the order of their files."""
        every = every_named(bundled_rulebook())
        families = dict.fromkeys(one.family for one in every)
        if family is not None and family not in families:
            raise UnknownError("rules", f"there are none of {family!r}", f"name one of {', '.join(families)}")
        found = [one for one in every if family in {None, one.family}]
        shown, more = part.of(found)
        return linked(listed(request, part, tuple(map(_told, shown)), more=more, total=len(found)))

    @get("/{rule:str}", sync_to_thread=True, operation_id="readRule", summary="A rule in full")
    def rule(
        self, rule: Annotated[str, PathParameter(description="Its id, as `by` in records names it.")]
    ) -> RuleDetail:
        """Show a rule with its pattern, its examples, and where it is asked."""
        book = bundled_rulebook()
        try:
            return _detail(named(book, rule), book)
        except RuleError as error:
            raise UnknownError("rules", error.problem, error.mend) from None


def _told(one: Named) -> RuleTold:
    return RuleTold(id=one.id, kind=one.kind, family=one.family, note=one.note)


def _detail(one: Named, book: Rulebook) -> RuleDetail:
    rule = one.rule
    return RuleDetail(
        id=one.id,
        kind=one.kind,
        family=one.family,
        note=one.note,
        file=None if rule is None else rule.file,
        line=None if rule is None else rule.line,
        pattern=None if rule is None else pattern_of(rule),
        examples=() if rule is None else tuple(map(dict, rule.examples)),
        counter_examples=() if rule is None else tuple(rule.counter_examples),
        asked="method" if rule is None else where_asked(rule, book),
        triggers=tuple(triggers_of(rule)),
        version=book.version,
    )
