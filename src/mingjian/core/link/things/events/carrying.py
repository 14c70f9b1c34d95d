"""Names that a page gives once and then shortens: the site of which it tells phases, the document that it is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mingjian.core.link.things.events.naming import document_name, is_name, normal_name
from mingjian.core.link.things.settings import thing_cues, thing_settings
from mingjian.core.model.outcome import Cited
from mingjian.core.model.record import Record
from mingjian.core.text.folding import fold


def only_site(record: Record) -> str | None:
    """The name without phase of the one site of which the page tells; ``None`` where it names none, or several.

    Sites are read in the headline, in what events are about and in names of computing power.
    """
    found = sorted({site for words in _naming(record) if (site := _site_in(words)) is not None}, key=len)
    return found[0] if found and all(site.endswith(found[0]) for site in found) else None


def _naming(record: Record) -> Iterator[str]:
    if isinstance(record.title, Cited):
        yield record.title.value
    yield from (event.object for event in record.events if event.object is not None)
    yield from (power.name for power in record.compute if power.name is not None)


def _site_in(words: str) -> str | None:
    found = thing_cues()["site"].search(fold(words))
    return None if found is None else normal_name(found.group())


def site_name(words: str, site: str | None) -> str:
    """What a facility is called: a bare phase bears the name of the page's site.

    >>> site_name("二期工程", "云州智算中心"), site_name("云州智算中心二期项目", None), site_name("二期", None)
    ('云州智算中心二期', '云州智算中心二期', '二期')
    """
    name = thing_cues()["phase-works"].sub("", normal_name(words))
    is_phase = thing_cues()["phase"].fullmatch(name) is not None
    return f"{site}{name}" if is_phase and site is not None else name


def documents_of(record: Record) -> tuple[str, ...]:
    """The titles of the documents of which the page tells; of two of which one holds the other, the longer."""
    settings = thing_settings().events
    printed = [policy.title for policy in record.policies]
    printed += [event.object for event in record.events if event.object and event.type in settings.documents]
    names = {document_name(title): title for title in printed if "《" not in title and is_name(title)}
    return tuple(names[name] for name in sorted(names) if not any(name != one and name in one for one in names))


def document_meant(words: str, documents: Sequence[str], *, bare: bool = True) -> str | None:
    """The title of the one document of the page that words without a name mean: 本办法, 条例, 文件.

    Only where ``bare`` may the words do without one that points: 国家出台措施 means no one document.

    >>> document_meant("本办法", ("算力券管理办法", "算力行动计划")), document_meant("文件", ("甲办法", "乙办法"))
    ('算力券管理办法', None)
    """
    found = thing_cues()["own-document"].fullmatch(fold(words))
    if found is None or not (bare or found["points"]):
        return None
    titles = [title for title in documents if (found["kind"] or "") in title]
    return titles[0] if len(titles) == 1 else None
