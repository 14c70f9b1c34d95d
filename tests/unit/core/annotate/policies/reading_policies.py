"""What the annotator of policies makes of paragraphs of invented places."""

from __future__ import annotations

from tests.unit.core.annotate.reading import read

from mingjian.core.model.facts import Policy


def policies(*paragraphs: str) -> tuple[Policy, ...]:
    """The policies of some paragraphs, read on 2025-08-20."""
    return read(*paragraphs).policies


def titles(*paragraphs: str) -> list[str]:
    """Their titles."""
    return [one.title for one in policies(*paragraphs)]


def relations(*paragraphs: str) -> dict[str, list[tuple[str, str | None]]]:
    """By title: the type of each relation and the title of the document that it leads to."""
    return {
        one.title: [(relation.type, relation.policy or relation.target) for relation in one.relations]
        for one in policies(*paragraphs)
    }
