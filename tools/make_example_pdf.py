"""Writes the example page that is a PDF: an invented notice of two pages with header, footer, footnote and table.

Usage: python -m tools.make_example_pdf [FOLDER]
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

NAME = "13-policy-notice.pdf"
_SONG = "STSong-Light"
_LEFT, _TOP, _FOOT, _PITCH, _SIZE = 88, 150, 690, 26, 14
_LETTERS = 30
_TITLE = ("泊川市人民政府办公室关于印发泊川市", "智能船舶与港口人工智能应用行动方案的通知")
_NUMBER = "泊政办发〔2025〕27号"
_TEXT = """\
各县（区）人民政府，市政府各部门、各直属机构：
　　《泊川市智能船舶与港口人工智能应用行动方案》已经市政府第31次常务会议审议通过，现印发给你们，请认真组织实施。
　　一、主要目标
　　到2027年，全市智能船舶与港口装备产业规模达到260亿元，培育规模以上企业80家①，建成港口大模型应用示范点12个，\
集装箱码头自动化作业率超过75%。
　　二、重点任务
　　（一）建设船舶行业大模型。支持龙头船厂联合泊川海事大学开放设计、焊接和检验数据，2026年底前建成行业高质量数据集15个，\
形成覆盖船体设计、焊缝检测、交付试航的智能体应用。对通过验收的数据集，按照实际投入的30%给予补助，单个项目最高不超过300万元。
　　（二）推进港口智能调度。在南汀港区部署岸桥远程控制和无人集卡，到2026年无人集卡达到120台，平均单箱能耗下降18%。\
建设港口调度智能体，统筹泊位、堆场和闸口，船舶平均在港时间压缩至22小时以内。
　　（三）统筹算力供给。依托泊川智算中心建设海洋产业算力专区，2025年新增智能算力1500P，面向中小船配企业每年发放算力券\
不少于2000万元。
　　三、保障措施
　　设立总规模20亿元的智能船舶产业基金。市工业和信息化局会同市港航管理局每半年通报一次进展，任务分工见下表。
"""
_ROWS = (
    ("任务", "牵头单位", "完成时间"),
    ("船舶行业大模型", "市工业和信息化局", "2026年12月"),
    ("港口智能调度", "市港航管理局", "2026年6月"),
    ("海洋产业算力专区", "市数据局", "2025年12月"),
)
_SIGNED = ("泊川市人民政府办公室", "2025年9月16日")
_NOTE = "① 规模以上企业指年主营业务收入2000万元以上的工业企业。"
_NO_START = "，。、；：）》%"


def _broken(text: str) -> Iterator[str]:
    """The paragraph in full lines: none begins with a closing mark, and no number is parted."""
    while _width(text) > _LETTERS:
        end = len(text) - 1
        while _width(text[:end]) > _LETTERS or text[end] in _NO_START or (text[end - 1 : end + 1].isascii()):
            end -= 1
        yield text[:end]
        text = text[end:]
    yield text


def _width(text: str) -> float:
    return sum(0.5 if letter.isascii() else 1.0 for letter in text)


def _frame(canvas: Canvas, number: int, count: int) -> None:
    canvas.setFont(_SONG, 9)
    canvas.drawString(_LEFT, 842 - 60, "泊川市人民政府公报　2025年第18期")
    canvas.drawCentredString(298, 842 - 790, f"第 {number} 页 共 {count} 页")


def _write_lines(canvas: Canvas, lines: Sequence[str], top: float) -> float:
    for line in lines:
        canvas.setFont(_SONG, _SIZE)
        words = line.lstrip("　")
        canvas.drawString(_LEFT + _SIZE * (len(line) - len(words)), 842 - top, words)
        top += _PITCH
    return top


def write(path: Path) -> None:
    """Writes the PDF; the same bytes every time."""
    pdfmetrics.registerFont(UnicodeCIDFont(_SONG))
    canvas = Canvas(str(path), pagesize=(595, 842), invariant=1)
    canvas.setTitle("".join(_TITLE))
    lines = [line for paragraph in _TEXT.splitlines() for line in _broken(paragraph)]
    fits = (_FOOT - 230) // _PITCH + 1
    _frame(canvas, 1, 2)
    canvas.setFont(_SONG, 20)
    for row, line in enumerate(_TITLE):
        canvas.drawCentredString(298, 842 - 110 - 32 * row, line)
    canvas.setFont(_SONG, _SIZE)
    canvas.drawCentredString(298, 842 - 185, _NUMBER)
    _write_lines(canvas, lines[:fits], 230)
    canvas.setFont(_SONG, 9)
    canvas.drawString(_LEFT, 842 - 740, _NOTE)
    canvas.showPage()
    _frame(canvas, 2, 2)
    top = _write_lines(canvas, lines[fits:], 110) + 10
    for cells in _ROWS:
        canvas.setFont(_SONG, 12)
        for left, cell in zip((_LEFT, 250, 400), cells, strict=True):
            canvas.drawString(left, 842 - top, cell)
        top += 24
    canvas.setFont(_SONG, _SIZE)
    for row_number, line in enumerate(_SIGNED):
        canvas.drawRightString(_LEFT + _SIZE * _LETTERS, 842 - top - 20 - _PITCH * row_number, line)
    canvas.showPage()
    canvas.save()


if __name__ == "__main__":
    write(Path(sys.argv[1] if len(sys.argv) > 1 else "examples/pages") / NAME)
