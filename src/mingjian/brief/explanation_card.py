"""An explanation in a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from io import StringIO

from rich import box
from rich.cells import cell_len
from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from mingjian.brief.explaining import (
    Block,
    Line,
    blocks_of,
    heads_of,
    part_label,
    passage_of,
    place_of,
    rule_in_full,
)
from mingjian.brief.wording import phrase, printable
from mingjian.brief.wrapping import wrap
from mingjian.core.model.explanation import Explanation

_NARROWEST, _WIDEST = 40, 160
_GAP = 2
_LONGEST_LABEL = 36
_OPEN, _CLOSE = "⟦", "⟧"


def render_explanation(explanation: Explanation, *, colour: bool = False, width: int = 110) -> str:
    """The explanation as people read it: the sentence with its evidence marked, then block by block."""
    width = max(_NARROWEST, min(width, _WIDEST))
    target = StringIO()
    console = Console(file=target, width=width, force_terminal=colour, no_color=not colour, highlight=False)
    first, *others = heads_of(explanation)
    heads = [_wrapped(words, width - 4, "") for words in others]
    passage = Text("\n").join(_marked(explanation, width - 4))
    shown = Group(*heads, passage, _wrapped(_place(explanation), width - 4, "dim"))
    console.print(Panel(shown, title=Text(printable(first), style="bold"), title_align="left", box=box.HEAVY))
    made_by = phrase("made_by")
    for block in blocks_of(explanation):
        if block.label == made_by:
            block = Block(made_by, tuple(_full(line, explanation) for line in block.lines))
        console.print(Text(f"\n{block.label}", style="bold"))
        console.print(_table(block.lines, width))
    return "\n".join(line.rstrip() for line in target.getvalue().split("\n"))


def _full(line: Line, explanation: Explanation) -> Line:
    """The row of a rule with what it finds, its pattern and its example."""
    rule = next(rule for rule in explanation.rules if rule.id == line.rule)
    kind, *said = rule_in_full(rule).said
    return Line(line.label, (line.said[0], *said[1 if rule.note else 0 :], *line.said[1:])) if kind else line


def _marked(explanation: Explanation, width: int) -> list[Text]:
    """The passage in lines, the evidence between marks and, where there are colours, in bold."""
    pieces = (f"{_OPEN}{words}{_CLOSE}" if marked else words for words, marked in passage_of(explanation))
    lines: list[Text] = []
    inside = False
    for line in wrap(printable("".join(pieces)), width):
        text = Text()
        for character in line:
            inside = inside or character == _OPEN
            text.append(character, style="bold" if inside else "")
            inside = inside and character != _CLOSE
        lines.append(text)
    return lines


def _place(explanation: Explanation) -> str:
    parts = sorted(
        {part_label(name, explanation.kind) for name, _, _ in explanation.passage.marks if name != "evidence"}
    )
    return f"{place_of(explanation.evidence)}  {'、'.join(parts)}".rstrip()


def _table(lines: Sequence[Line], width: int) -> Table:
    widest = min(_LONGEST_LABEL, width // 3, max(cell_len(line.label) for line in lines))
    table = Table.grid(padding=(0, _GAP, 0, 0))
    table.add_column(width=widest)
    table.add_column()
    for line in lines:
        said = "\n".join(text for one in line.said for text in wrap(printable(one), width - widest - 2 * _GAP))
        table.add_row(_wrapped(line.label, widest, "cyan"), Text(said))
    return table


def _wrapped(text: str, width: int, style: str) -> Text:
    return Text("\n".join(printable(line) for line in wrap(text, width)), style=style)
