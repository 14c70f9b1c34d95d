"""W3C Web Annotations: each judged fact as an annotation on its page, found by position and by quotation.

All lines together are one JSON-LD document, an ``AnnotationPage``; each annotation has a line of its own.

Positions count code points of the page's text layer, as the Web Annotation Data Model counts characters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from mingjian.core.review.anchoring import BESIDE
from mingjian.core.review.labelled.samples import Judgement, Label, Sample

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_ENCODE = msgspec.json.Encoder(decimal_format="number").encode
_MOTIVES = {"accept": "assessing", "correct": "editing", "reject": "moderating", "add": "identifying"}


def web_annotations(samples: Iterable[Sample]) -> Iterator[str]:
    """The lines of one annotation page, without line feeds: its head, an annotation a line, its end."""
    head = {
        "@context": [CONTEXT, {"mingjian": "urn:mingjian:"}],
        "id": "urn:mingjian:reviews",
        "type": "AnnotationPage",
    }
    yield f'{_ENCODE(head).decode().removesuffix("}")},"items":['
    held = ""
    for sample in samples:
        for one in sample.judgements:
            if held:
                yield f"{held},"
            held = _ENCODE(_annotation(sample, one)).decode()
    if held:
        yield held
    yield "]}"


def read_annotations(lines: Iterable[str]) -> Iterator[tuple[str, str, list[Label]]]:
    """For each annotation the id of its page, its verdict, and its labelled stretches, in the order of places."""
    page: dict[str, Any] = msgspec.json.decode("\n".join(lines))
    for held in page["items"]:
        verdict = next(body["value"] for body in held["body"] if body.get("purpose") == "classifying")
        yield held["target"][0]["source"]["id"].rpartition(":")[2], verdict, sorted(map(_label, held["target"]))


def _annotation(sample: Sample, one: Judgement) -> dict[str, Any]:
    bodies: list[dict[str, Any]] = [
        {"type": "TextualBody", "purpose": "classifying", "value": one.verdict},
        {"type": "TextualBody", "purpose": "tagging", "value": one.kind},
    ]
    for name, raw in (("fact", one.fact), ("was", one.was)):
        if bytes(raw) != b"null":
            described = {"type": "TextualBody", "purpose": "describing", "format": "application/json"}
            bodies.append({**described, "mingjian:role": name, "value": bytes(raw).decode()})
    if one.why:
        bodies.append({"type": "TextualBody", "purpose": "commenting", "value": one.why})
    return {
        "id": f"urn:mingjian:review:{one.claim}:{one.review}",
        "type": "Annotation",
        "motivation": _MOTIVES[one.verdict],
        "created": one.at,
        "creator": [{"type": "Person", "name": who} for who in one.by],
        "body": bodies,
        "target": [_target(sample, label) for label in one.labels],
    }


def _target(sample: Sample, label: Label) -> dict[str, Any]:
    text = sample.text
    return {
        "type": "SpecificResource",
        "mingjian:part": label.part,
        "source": {"id": f"urn:mingjian:page:{sample.page}", "type": "Text", "mingjian:address": sample.address},
        "selector": [
            {"type": "TextPositionSelector", "start": label.start, "end": label.end},
            {
                "type": "TextQuoteSelector",
                "exact": label.text,
                "prefix": text[max(0, label.start - BESIDE) : label.start],
                "suffix": text[label.end : label.end + BESIDE],
            },
        ],
    }


def _label(target: dict[str, Any]) -> Label:
    position, quote = target["selector"]
    return Label(position["start"], position["end"], target["mingjian:part"], quote["exact"])
