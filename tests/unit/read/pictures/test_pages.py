from __future__ import annotations

import io
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import msgspec
import pytest
from PIL import Image, ImageDraw, ImageFont
from tests.unit.read.pdf.pdf_files import Paper, items_of, pdf_of

from mingjian.core.model.failure import Failure
from mingjian.core.model.page import Page
from mingjian.core.pipeline.extract import extract
from mingjian.core.pipeline.verify import verify
from mingjian.errors import EvidenceError, ReadError
from mingjian.read import Limits, read_paths
from mingjian.read.pdf import reader as pdf
from mingjian.read.pictures import pages, recognition
from mingjian.read.pictures.reader import READER
from mingjian.read.pictures.recognition import Recognised
from mingjian.read.printed.sheets import Picture

ASKED = Limits(ocr=True)
FOUND = (
    Recognised("岚州市发布三年行动方案", (300, 200, 1200, 262), 0.99),
    Recognised("到2027年，岚州市人工智能核心产业规模达到120亿元，建", (200, 400, 1454, 442), 0.97),
    Recognised("成十个智能工厂。", (200, 466, 620, 508), 0.83),
    Recognised("污迹", (900, 2000, 960, 2040), 0.31),
)


def image_of(kind: str = "PNG", size: tuple[int, int] = (1654, 2339)) -> bytes:
    stream = io.BytesIO()
    Image.new("L", size, 255).save(stream, kind)
    return stream.getvalue()


@pytest.fixture
def recognised(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Picture]]:
    """A recogniser that finds the same lines in every picture, and the pictures that it was given."""
    given: list[Picture] = []

    def recognise(picture: Picture) -> tuple[Recognised, ...]:
        given.append(picture)
        return FOUND

    monkeypatch.setattr(recognition, "recogniser", lambda: recognise)
    yield given


def page_of(content: bytes) -> Page:
    (item,) = items_of(READER, content, ASKED)
    assert isinstance(item, Page)
    return item


def test_lines_become_paragraphs_with_their_places_and_confidence(recognised: list[Picture]) -> None:
    page = page_of(image_of())
    assert page.text == ("岚州市发布三年行动方案\n到2027年，岚州市人工智能核心产业规模达到120亿元，建成十个智能工厂。")
    assert page.media_type == "image/png"
    assert [(box.page, box.confidence) for box in page.boxes] == [(1, 0.99), (1, 0.97), (1, 0.83)]
    assert (page.boxes[1].left, page.boxes[1].bottom) == (200.0, 442.0)
    assert page.stretches[0].path == "print/h1"
    (picture,) = recognised
    assert (picture.width, picture.height, len(picture.pixels)) == (1654, 2339, 1654 * 2339)


def test_facts_inherit_the_confidence_of_their_lines(recognised: list[Picture]) -> None:
    page = page_of(image_of())
    record = extract(page)
    (target,) = [fact for fact in record.targets if fact.unit == "亿元"]
    assert target.evidence.place is not None
    assert target.evidence.place.page == 1
    assert target.evidence.place.confidence == 0.97
    assert [(damage.kind, damage.count) for damage in record.damage] == [("recognised", 3)]
    verify(record, page)
    with pytest.raises(EvidenceError, match="not printed where"):
        verify(record, msgspec.structs.replace(page, boxes=page.boxes[1:]))


def test_a_scanned_page_is_recognised_where_that_is_asked_for(recognised: list[Picture]) -> None:
    from reportlab.lib.utils import ImageReader

    def scanned(paper: Paper) -> None:
        paper.canvas.drawImage(ImageReader(io.BytesIO(image_of(size=(100, 141)))), 0, 0, 595, 842)

    content = pdf_of(lambda paper: paper.line("岚州市公报"), scanned)
    (page,) = items_of(pdf.READER, content, ASKED)
    assert isinstance(page, Page)
    assert page.text.startswith("岚州市公报\n岚州市发布三年行动方案\n")
    assert [(box.page, box.confidence) for box in page.boxes][:2] == [(1, None), (2, 0.99)]
    assert [picture.number for picture in recognised] == [2]
    assert page.boxes[-1].right <= 595
    asked_not = items_of(pdf.READER, content)
    assert isinstance(asked_not[-1], Failure)


def test_pictures_are_read_only_where_that_is_asked_for(tmp_path: Path, recognised: list[Picture]) -> None:
    (tmp_path / "a.png").write_bytes(image_of())
    (tmp_path / "b.txt").write_text("岚州市建成工厂", encoding="utf-8")
    assert len(list(read_paths([tmp_path]))) == 1
    assert len(list(read_paths([tmp_path], ASKED))) == 2
    (failure,) = read_paths([tmp_path / "a.png"])
    assert isinstance(failure, Failure)
    assert failure.reason == "no-text-layer: this is a picture"
    assert "mingjian[ocr]" in failure.mend


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP"])
def test_kinds_of_pictures(kind: str, recognised: list[Picture]) -> None:
    assert page_of(image_of(kind, (200, 300))).media_type == Image.MIME[kind]


def test_transparent_paper_is_white(recognised: list[Picture]) -> None:
    stream = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(stream, "PNG")
    page_of(stream.getvalue())
    assert recognised[0].pixels == b"\xff" * 100


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\nnoise", image_of()[:60], image_of("JPEG")[:200], b"GIF89a"])
def test_broken_pictures_say_so(content: bytes, recognised: list[Picture]) -> None:
    with pytest.raises(ReadError, match="unparsable"):
        items_of(READER, content, ASKED)


def test_huge_pictures_are_not_decoded(recognised: list[Picture], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "_MOST_PIXELS", 1_000)
    with pytest.raises(ReadError, match="too-large"):
        items_of(READER, image_of(size=(100, 100)), ASKED)


def test_a_missing_recogniser_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> object:
        raise ImportError

    monkeypatch.setattr(recognition, "recogniser", missing)
    with pytest.raises(ReadError, match=r"pip install 'mingjian\[ocr\]'"):
        items_of(READER, image_of(), ASKED)


@pytest.mark.skipif(find_spec("rapidocr") is None, reason="the extra ocr is not installed")
def test_the_recogniser_reads_words_alike_each_time() -> None:
    image = Image.new("L", (800, 200), 255)
    ImageDraw.Draw(image).text((40, 60), "Robot output rose 25% in 2026", fill=0, font=ImageFont.load_default(40))
    stream = io.BytesIO()
    image.save(stream, "PNG")
    page = page_of(stream.getvalue())
    assert "25%" in page.text
    assert all(box.confidence is not None and box.confidence > 0.8 for box in page.boxes)
    assert page == page_of(stream.getvalue())
