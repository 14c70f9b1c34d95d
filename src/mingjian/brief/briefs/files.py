"""A brief as files, by the ending of the name that is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from mingjian.brief.briefs.document import LayoutName, render_document
from mingjian.brief.briefs.markdown import render_markdown
from mingjian.brief.briefs.page import render_page
from mingjian.brief.briefs.workbook import render_workbook
from mingjian.core.model.brief import Brief
from mingjian.errors import QuestionError

ENDINGS = (".md", ".html", ".docx", ".xlsx")


def check_ending(path: Path) -> None:
    """Silence, or ``QuestionError`` for a name that tells no form of a brief."""
    if path.suffix.lower() not in ENDINGS:
        raise QuestionError(str(path), "tells no form of a brief", f"end it with {', '.join(ENDINGS)}")


def brief_files(brief: Brief, path: Path, layout: LayoutName = "gbt9704") -> Mapping[Path, bytes]:
    """The bytes of each file, the one that was asked for last: pictures stand beside Markdown before it does."""
    check_ending(path)
    match path.suffix.lower():
        case ".md":
            text, pictures = render_markdown(brief, path.stem)
            beside = {path.with_name(name): drawn.encode() for name, drawn in pictures.items()}
            return {**beside, path: text.encode()}
        case ".html":
            return {path: render_page(brief).encode()}
        case ".docx":
            return {path: render_document(brief, layout)}
        case _:
            return {path: render_workbook(brief)}
