"""Files of the kinds that readers read, built the same every time: for tests and for the example pages."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KINDS = ("numbering", "styles", "footnotes", "header", "footer")
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


def zip_file(parts: Mapping[str, bytes | str]) -> bytes:
    """A zip archive of the parts in their order."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return stream.getvalue()


def paragraph(words: str, *, style: str = "", properties: str = "") -> str:
    """A paragraph of one run, in a style, with properties of the paragraph written as XML."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f'<w:p><w:pPr>{named}{properties}</w:pPr><w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r></w:p>'


def numbered(words: str, level: int, *, number: int = 1) -> str:
    """A paragraph of a list."""
    return paragraph(words, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def table(rows: Iterable[Iterable[str]]) -> str:
    """A table with one paragraph in each cell."""
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def numbering(levels: Iterable[tuple[str, str]]) -> str:
    """The definition of list 1: the form and the pattern of each level."""
    written = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{pattern}"/></w:lvl>'
        for depth, (form, pattern) in enumerate(levels)
    )
    used = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    return f'<w:abstractNum w:abstractNumId="0">{written}</w:abstractNum>{used}'


def heading_styles() -> str:
    """The styles of the title and of two levels of headings."""
    names = (("Title", "Title"), ("Heading1", "heading 1"), ("Heading2", "heading 2"))
    return "".join(
        f'<w:style w:type="paragraph" w:styleId="{id_}"><w:name w:val="{name}"/></w:style>' for id_, name in names
    )


def docx_file(body: str, *, parts: Mapping[str, str] | None = None) -> bytes:
    """A Word file of a body and of parts named as they are kinds: numbering, styles, footnotes, header, footer."""
    parts = parts or {}
    roots = {"header": "hdr", "footer": "ftr"}
    kinds = [kind for kind in _KINDS if kind in parts]
    relations = "".join(
        f'<Relationship Id="r{place}" Type="{_R}/{kind}" Target="{kind}.xml"/>' for place, kind in enumerate(kinds)
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    files = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r0" '
        f'Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{_W}" xmlns:r="{_R}"><w:body>{body}</w:body></w:document>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}/relationships">{relations}</Relationships>',
    }
    for kind in kinds:
        root = roots.get(kind, kind)
        files[f"word/{kind}.xml"] = f'<w:{root} xmlns:w="{_W}">{parts[kind]}</w:{root}>'
    return zip_file(files)


def http_answer(
    body: bytes, media_type: str = "text/html; charset=utf-8", *, status: int = 200, more: str = ""
) -> bytes:
    """An answer of a web server."""
    return f"HTTP/1.1 {status} OK\r\nContent-Type: {media_type}\r\n{more}\r\n".encode() + body


def warc_record(kind: str, content: bytes, *, number: int = 1, url: str = "", media_type: str = "") -> bytes:
    """A record of a web archive."""
    told = media_type or ("application/http; msgtype=response" if kind == "response" else "application/warc-fields")
    address = f"WARC-Target-URI: {url}\r\n" if url else ""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>\r\n"
        f"WARC-Date: 2026-03-{number % 19 + 7:02}T01:00:00Z\r\n{address}"
        f"Content-Type: {told}\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"


def packed_members(records: Iterable[bytes]) -> bytes:
    """The records, each a gzip member of its own."""
    return b"".join(gzip.compress(record, mtime=0) for record in records)
