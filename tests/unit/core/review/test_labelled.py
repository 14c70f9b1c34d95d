"""Labelled data: every format says where words stand, and what it says is read again."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjian.core.model.review import NOTHING
from mingjian.core.review.labelled.annotations import read_annotations, web_annotations
from mingjian.core.review.labelled.conll import conll, read_conll
from mingjian.core.review.labelled.lines import json_lines, read_json_lines
from mingjian.core.review.labelled.samples import Judgement, Label, Sample

ODD = "到2027年，𠮷野\t算力🙂\n\r\n \\s达到30\u2028EFLOPS\\。\u3000完"


@st.composite
def samples(draw: st.DrawFn) -> Sample:
    text = draw(st.just(ODD) | st.text(st.characters(exclude_categories=["Cs"]), min_size=2, max_size=40))
    judgements = []
    for number in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        labels = [Label(start, end, "evidence", text[start:end])]
        if end - start > 1:
            labels.append(Label(start, end - 1, "value", text[start : end - 1]))
        judgements.append(
            Judgement(
                claim=f"c{number}", kind=draw(st.sampled_from(("targets", "company_actions"))), rule="figure.target",
                verdict=draw(st.sampled_from(("accept", "correct", "reject", "add"))), labels=tuple(sorted(labels)),
                by={"甲": "accept"}, review=number, at="2026-03-13", why="因为",
                fact=draw(st.sampled_from((NOTHING, msgspec.Raw(b'{"value":0.10}')))),
            )
        )  # fmt: skip
    return Sample(page="ab12", address="https://x.example/一 二", text_sha256="0" * 64, text=text,
                  judgements=tuple(judgements))  # fmt: skip


@given(samples())
def test_json_lines_come_back(sample: Sample) -> None:
    lines = list(json_lines([sample, sample]))
    assert list(read_json_lines(lines)) == [sample, sample]
    assert not any("\n" in line for line in lines)


@given(samples())
def test_conll_comes_back(sample: Sample) -> None:
    lines = list(conll([sample, sample]))
    assert all(len(line.splitlines()) <= 1 for line in lines)
    first, second = read_conll(lines)
    assert first == second
    page, text, found = first
    assert (page, text) == (sample.page, sample.text)
    said = {
        (label.start, label.end, one.kind if label.part == "evidence" else f"{one.kind}.{label.part}")
        for one in sample.judgements if one.verdict != "reject" for label in one.labels
    }  # fmt: skip
    assert set(found) <= said
    left_out = int(next(line for line in lines if line.startswith("# overlapping")).rpartition(" ")[2])
    assert len(found) + left_out == len(said)


@given(samples())
def test_annotations_come_back_and_quote_what_stands_there(sample: Sample) -> None:
    lines = list(web_annotations([sample]))
    assert [(sample.page, one.verdict, list(one.labels)) for one in sample.judgements] == list(read_annotations(lines))
    assert not any("\n" in line for line in lines)
    document = msgspec.json.decode("\n".join(lines))
    assert (document["type"], len(document["items"])) == ("AnnotationPage", len(sample.judgements))
    for annotation in document["items"]:
        for target in annotation["target"]:
            position, quote = target["selector"]
            assert (position["type"], quote["type"]) == ("TextPositionSelector", "TextQuoteSelector")
            assert sample.text[position["start"] : position["end"]] == quote["exact"]
            around = quote["prefix"] + quote["exact"] + quote["suffix"]
            assert sample.text[position["start"] - len(quote["prefix"]) :].startswith(around)


@pytest.mark.parametrize("length", [1, 2, 3])
def test_tags_are_bioes(length: int) -> None:
    label = Label(1, 1 + length, "evidence", "x")
    one = Judgement(claim="c", kind="targets", verdict="accept", rule="", labels=(label,),
                    by={}, review=1, at="")  # fmt: skip
    sample = Sample(page="p", address="a", text_sha256="", text="一二三四五", judgements=(one,))
    tags = [line.split("\t")[1] for line in conll([sample]) if "\t" in line]
    wanted = {1: ["S"], 2: ["B", "E"], 3: ["B", "I", "E"]}[length]
    assert tags == ["O", *(f"{place}-targets" for place in wanted), *["O"] * (4 - length)]
