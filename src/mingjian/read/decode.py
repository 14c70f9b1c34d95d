"""From bytes to text: which of the encodings of Chinese pages makes sense of them."""

from __future__ import annotations

import codecs
import re
from functools import cache
from importlib.resources import files

import msgspec

from mingjian.errors import ReadError

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NAMES = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "hz": "hz",
    "big5": "big5hkscs", "big5hkscs": "big5hkscs", "cp950": "big5hkscs", "utf-8": "utf-8",
    "shift_jis": "cp932", "cp932": "cp932", "euc_jp": "euc_jp", "euc_kr": "cp949", "cp949": "cp949",
    "cp1252": "cp1252", "iso8859-1": "cp1252",
}  # fmt: skip
_WESTERN = "cp1252"
_LOST = "\ufffd"
_HELD = _LOST.encode()
_HEAD = 4_096
_DECLARED = re.compile(rb"""(?:charset|encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_HAN = re.compile("[\u3400-\u9fff]")
_FOREIGN = re.compile("[^\x00-\x7f]")

_LOOKED_AT = 200_000
_SAMPLE = 4_000  # characters outside ASCII that are looked at
_CLEARLY_CHINESE = 0.4  # share of common characters beyond which no other encoding is asked
_WESTERN_SCORE = 0.2
_MOST_ACCENTED = 0.3  # share of letters outside ASCII beyond which text is in no western language
_NONSENSE = -9.0
_FEW_HAN = 10
_DECLARED_BONUS = 0.05
_MOST_REPLACED = 0.05  # share of the characters outside ASCII that may be broken
_MOST_HELD = 0.9  # share of all characters that may have been lost before the page was saved
_ALWAYS_FORGIVEN = 10  # so many broken characters, if they are few among all


class Decoded(msgspec.Struct, frozen=True):
    """The text without a byte-order mark, and the encoding under its name in Python."""

    text: str
    encoding: str


def decode(content: bytes, source: str, declared: str | None = None) -> Decoded:
    """The text of the bytes: by their mark, else as UTF-16 that zeros tell, as UTF-8, or as what is likeliest.

    GB18030 and Big5 accept nearly any bytes, so the share of common characters decides between them; ``declared``
    only tips the scales. Broken bytes, such as a character cut in half, become U+FFFD while they are few; raises
    ``ReadError`` where they are many. U+FFFD that the bytes themselves hold is damage that others did: such a page is
    read as it is, unless hardly anything else stands there.
    """
    marked = _by_mark(content)
    if marked is not None:
        decoded = Decoded(content[len(marked[0]) :].decode(marked[1], "replace"), marked[1])
    else:
        decoded = _utf16(content) or _utf8(content, declared) or _likeliest(content, declared)
    if decoded.encoding != "utf-8" and marked is None and _holds_utf8(content, decoded):
        problem = f"mixed-encodings: part of it is UTF-8, part {decoded.encoding}"
        raise ReadError(source, problem, "fetch it again and save it in one encoding")
    lost = decoded.text.count(_LOST)
    held = content.count(_HELD) if lost and decoded.encoding == "utf-8" else 0
    if lost - held > 0 and _broken(decoded.text, lost - held):
        problem = f"undecodable: {lost} characters are lost, read as {decoded.encoding} at best"
        raise ReadError(source, problem, "fetch it again and save it as UTF-8, or leave it out if it is not text")
    if held and held > _MOST_HELD * len("".join(decoded.text.split())):
        problem = f"lost: {held} of {len(decoded.text)} characters were lost before the page was saved"
        raise ReadError(source, problem, "fetch it again and save its bytes as they come")
    return decoded


def declared_encoding(content: bytes) -> str | None:
    """The encoding that a ``meta`` element or an XML declaration names, where it is one that pages use."""
    match = _DECLARED.search(content, 0, _HEAD)
    return encoding_of_name(match[1].decode("ascii")) if match else None


def encoding_of_name(name: str | None) -> str | None:
    """The encoding of that name, where it is one that pages use.

    >>> encoding_of_name("GB2312"), encoding_of_name("x-unknown")
    ('gb18030', None)
    """
    try:
        return _NAMES.get(codecs.lookup(name).name) if name else None
    except (LookupError, ValueError):
        return None


def has_mark(content: bytes) -> bool:
    """Whether the bytes begin with a byte-order mark."""
    return _by_mark(content) is not None


def reads_as_utf16(content: bytes) -> bool:
    """Whether the bytes are UTF-16 without a mark, told by their zeros and by what they then say."""
    return _utf16(content) is not None


def _by_mark(content: bytes) -> tuple[bytes, str] | None:
    return next(((mark, name) for mark, name in _MARKS if content.startswith(mark)), None)


def _utf8(content: bytes, declared: str | None) -> Decoded | None:
    """UTF-8 that holds throughout, unless the markup declares otherwise and nothing in it speaks for UTF-8.

    A Han character does, and so does U+FFFD, which no other encoding has.
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if declared == "hz" and "~{" in text:
        return None
    if declared in (None, "utf-8") or text.isascii() or _LOST in text or _HAN.search(text):
        return Decoded(text, "utf-8")
    return None


def _utf16(content: bytes) -> Decoded | None:
    """UTF-16 without a mark, thought of where zeros stand: in the byte order in which the beginning makes sense."""
    if b"\0" not in content[:_HEAD]:
        return None
    senses = {encoding: _sense_of_utf16(content[:_HEAD], encoding) for encoding in ("utf-16-le", "utf-16-be")}
    encoding = max(senses, key=senses.__getitem__)
    return Decoded(content.decode(encoding, "replace"), encoding) if senses[encoding] > _CLEARLY_CHINESE else None


def _sense_of_utf16(head: bytes, encoding: str) -> float:
    text = head.decode(encoding, "replace")
    known = common_characters()
    return sum(character in known or " " <= character <= "~" or character in "\r\n\t" for character in text) / len(text)


def _likeliest(content: bytes, declared: str | None) -> Decoded:
    """The candidate with the largest share of common characters and the fewest broken ones."""
    best, best_score = Decoded("", "utf-8"), float("-inf")
    for encoding in dict.fromkeys((declared or "utf-8", "utf-8", "gb18030", "big5hkscs", _WESTERN)):
        text = content.decode(encoding, "replace")
        score = _sense(text, encoding) + (_DECLARED_BONUS if encoding == declared else 0)
        if score > best_score:
            best, best_score = Decoded(text, encoding), score
        if score > _CLEARLY_CHINESE and _LOST not in text:
            break
    return best


def _sense(text: str, encoding: str) -> float:
    foreign = _FOREIGN.findall(text[:_LOOKED_AT])[:_SAMPLE]
    if not foreign:
        return 0.0
    broken = foreign.count(_LOST) / len(foreign)
    if encoding == _WESTERN:
        return _WESTERN_SCORE - 2 * broken if len(foreign) < _MOST_ACCENTED * len(text) else _NONSENSE
    if encoding == "utf-8":
        return 1 - 3 * broken  # bytes that happen to be UTF-8 are rare, whatever they say
    common = common_characters()
    return sum(character in common for character in foreign) / len(foreign) - 2 * broken


def _holds_utf8(content: bytes, decoded: Decoded) -> bool:
    """Whether much of what was read otherwise is Chinese in UTF-8: other encodings hardly ever look like it."""
    han = len(_HAN.findall(content[:_LOOKED_AT].decode("utf-8", "replace")))
    return han > _FEW_HAN and han > _MOST_REPLACED * len(_FOREIGN.findall(decoded.text[:_LOOKED_AT]))


def _broken(text: str, broken: int) -> bool:
    """Whether more was lost in reading than a cut at the end or a few slips."""
    if broken <= 1:
        return bool(broken) and len(text.strip()) == 1
    if broken <= _ALWAYS_FORGIVEN and broken <= _MOST_REPLACED * len(text):
        return False
    return broken > _MOST_REPLACED * len(_FOREIGN.findall(text))


@cache
def common_characters() -> frozenset[str]:
    """The characters that make up most of Chinese text in either script, with its punctuation."""
    lines = files("mingjian").joinpath("read", "common_characters.txt").read_text(encoding="utf-8").splitlines()
    return frozenset("".join(line for line in lines if not line.startswith("#")))
