"""Whether two pages have only some of their text in common: by where it stands in both, and how much of it together."""

from __future__ import annotations

import msgspec

from mingjian.core.link.reprints.figures import Figures
from mingjian.core.link.reprints.runs import Run
from mingjian.core.link.reprints.settings import JudgingSettings
from mingjian.core.link.reprints.sketches import Sketch
from mingjian.core.link.reprints.timing import day_of, is_later, later_page
from mingjian.core.link.reprints.titles import title_likeness
from mingjian.core.model.reprints import RelationKind

Runs = tuple[Run, Run]
_NEAR = 2  # fingerprints between the words that announce a quotation and its beginning


class Verdict(msgspec.Struct, frozen=True, gc=False):
    """What a pair is, why, and which page took text from the other, if it says so."""

    kind: RelationKind
    reason: str
    reuser: str | None = None


def find_part(
    pages: tuple[Sketch, Sketch], figures: Figures, runs: Runs | None, settings: JudgingSettings
) -> Verdict | None:
    """Whether the pages have only some of their text in common, and which of them took it from the other."""
    if (pages[0].roundup or pages[1].roundup) and figures.least < settings.roundup_share:
        return _of_roundup(pages, figures, runs, settings)
    partly = figures.alike and figures.most < settings.whole_share
    if partly and (set_in := _set_in(pages, figures, runs, settings)) is not None:
        return set_in
    if figures.alike and _is_told_again(pages, figures, runs, settings):
        return None
    if partly and _stand_apart(pages, runs, settings):
        return _of_passages(pages, figures, runs, settings)
    return _by_titles(pages, figures, runs, settings) if figures.least < settings.host_share else None


def _by_titles(
    pages: tuple[Sketch, Sketch], figures: Figures, runs: Runs | None, settings: JudgingSettings
) -> Verdict | None:
    """What pages are of which one holds less than most of the other: that depends on what their titles speak of."""
    likeness = title_likeness(pages[0].title, pages[1].title)
    if (not figures.alike) if likeness is None else likeness < settings.like_title:
        return _under_another_title(pages, figures, runs, settings)
    return None if figures.alike else _taken_over(pages, runs, settings)


def is_retold(pages: tuple[Sketch, Sketch], figures: Figures, runs: Runs, settings: JudgingSettings) -> bool:
    """Whether the pages have some words in common, in bits, and nearly all numbers, or a title that speaks for itself.

    That is one article whose words were changed throughout, even if less than most of either page stands in the other.
    """
    if figures.conflicting or figures.most < settings.retold_share:
        return False
    if pages[0].roundup or pages[1].roundup or min(run.pieces for run in runs) < settings.retold_pieces:
        return False
    return _days_between(pages) <= settings.near_days and (
        _give_the_same_numbers(pages, settings) or _bear_one_title(pages, settings)
    )


def _give_the_same_numbers(pages: tuple[Sketch, Sketch], settings: JudgingSettings) -> bool:
    one, two = (set(memoryview(page.values).cast("I")) for page in pages)
    return len(one & two) >= max(settings.retold_numbers, settings.retold_number_share * max(len(one), len(two)))


def _bear_one_title(pages: tuple[Sketch, Sketch], settings: JudgingSettings) -> bool:
    titles = [page.title for page in pages]
    likeness = title_likeness(*titles) or 0
    return likeness >= settings.far_title and min(map(len, titles)) >= settings.retold_title


def _set_in(
    pages: tuple[Sketch, Sketch], figures: Figures, runs: Runs | None, settings: JudgingSettings
) -> Verdict | None:
    """Whether, under another title, one page has what both share as a passage among its own words.

    Either it announces the passage, or it is the later one, begins with words of its own, and has enough of them.
    """
    later = later_page(pages)
    if runs is None or not _bear_other_titles(pages, settings):
        return None
    if (reuser := _quoting_page(pages, runs, settings)) is not None:
        return Verdict("partial_reuse", "quotation", reuser)
    if later is None:
        return None
    run = runs[0] if pages[0].id == later else runs[1]
    around = run.begin + run.size - 1 - run.last
    if run.begin < settings.own_margin or run.density < settings.own_density or around < settings.own_share * run.size:
        return None
    if _is_release(pages, figures, settings) and all(run.is_inside(settings.block_margin) for run in runs):
        return None  # neither may be the other's source
    taken = _taken_over(pages, runs, settings)
    return taken or Verdict("partial_reuse", "amid-own-words", _taker(pages, figures, runs, settings))


def _is_release(pages: tuple[Sketch, Sketch], figures: Figures, settings: JudgingSettings) -> bool:
    """Whether so much of both pages is the same, and that within so few days, that both may have it from a third."""
    return figures.least >= settings.release_share and _days_between(pages) <= settings.release_days


def _taker(pages: tuple[Sketch, Sketch], figures: Figures, runs: Runs | None, settings: JudgingSettings) -> str | None:
    """The page that took the passage: the later one, if it has words of its own around it, and no other numbers."""
    later = later_page(pages)
    if runs is None or later is None or figures.conflicting or figures.agreeing < settings.taken_agreements:
        return None
    run = runs[0] if pages[0].id == later else runs[1]
    set_in = run.is_set_in(settings.own_margin, settings.own_density)
    return later if set_in and _days_between(pages) > settings.release_days else None


def _of_roundup(
    pages: tuple[Sketch, Sketch], figures: Figures, runs: Runs | None, settings: JudgingSettings
) -> Verdict | None:
    """What a roundup of the news is to an article, or to another roundup."""
    roundups = [page.id for page in pages if page.roundup]
    reuser = roundups[0] if len(roundups) == 1 else None
    if reuser is not None and runs is not None:
        run = runs[1] if pages[0].id == reuser else runs[0]
        if run.is_set_in(settings.own_margin, settings.own_density):
            reuser = None  # it did not begin so: both may have the passage from another
    return Verdict("partial_reuse", "roundup", reuser) if figures.alike or _is_passage(runs, settings) else None


def _is_told_again(
    pages: tuple[Sketch, Sketch], figures: Figures, runs: Runs | None, settings: JudgingSettings
) -> bool:
    """Whether, under whatever title, the one page is the other rewritten, or cut."""
    if _is_one_matter(pages, figures, settings):
        return _is_rewritten(figures, runs, settings) or _is_cut(pages, figures, runs, settings)
    whole = figures.most >= settings.whole_share and not figures.conflicting
    return whole and _days_between(pages) <= settings.near_days and _is_cut(pages, figures, runs, settings)


def _days_between(pages: tuple[Sketch, Sketch]) -> float:
    return abs(day_of(pages[0].published) - day_of(pages[1].published))


def _is_one_matter(pages: tuple[Sketch, Sketch], figures: Figures, settings: JudgingSettings) -> bool:
    """Whether both pages give the same numbers, and no others, within some days."""
    near = _days_between(pages) <= settings.near_days
    return near and figures.agreeing >= settings.agreements and not figures.conflicting


def _is_rewritten(figures: Figures, runs: Runs | None, settings: JudgingSettings) -> bool:
    """Whether much of both pages is the same, in bits: somebody changed the words throughout."""
    if runs is None or figures.least < settings.rewritten_share or figures.most >= settings.whole_share:
        return False
    return min(run.piece for run in runs) <= settings.rewritten_piece


def _is_cut(pages: tuple[Sketch, Sketch], figures: Figures, runs: Runs | None, settings: JudgingSettings) -> bool:
    """Whether nearly all of the shorter page stands in the longer one, and it was not the other way round.

    It is later, or both begin with the same words, or it holds nothing else on the day of the longer one: quotations
    take a day. What is quoted as others' text was not cut out.
    """
    if runs is None or figures.most < settings.cut_share or _quoting_page(pages, runs, settings) is not None:
        return False
    shorter, longer = pages if figures.first_share >= figures.second_share else pages[::-1]
    if min(run.lead for run in runs) >= settings.same_lead:
        return day_of(shorter.published) >= day_of(longer.published)
    if _days_between(pages) > 0 or later_page(pages) is not None:
        return is_later(shorter.published, longer.published)
    return figures.most >= settings.same_share and figures.least >= settings.release_share


def _taken_over(pages: tuple[Sketch, Sketch], runs: Runs | None, settings: JudgingSettings) -> Verdict | None:
    """Whether one page holds, behind words of its own, how an article of some days before begins."""
    later = later_page(pages)
    if runs is None or later is None or _days_between(pages) > settings.near_days or not _is_dense(runs, settings):
        return None
    run, held = runs if pages[0].id == later else runs[::-1]
    if held.lead >= settings.same_lead and run.begin >= settings.block_margin:
        return Verdict("partial_reuse", "beginning-further-on", later)
    return None


def _stand_apart(pages: tuple[Sketch, Sketch], runs: Runs | None, settings: JudgingSettings) -> bool:
    """Whether the pages have some passages in common: neither begins with them, or each has its own words around."""
    if runs is None:
        return False
    if max(run.lead for run in runs) < settings.shared_lead:
        return True
    if not _bear_other_titles(pages, settings):
        return False
    inside = all(run.is_inside(settings.block_margin) for run in runs)
    return inside and min(run.piece for run in runs) >= settings.block_piece


def _bear_other_titles(pages: tuple[Sketch, Sketch], settings: JudgingSettings) -> bool:
    """Whether both have titles, and these do not agree."""
    likeness = title_likeness(pages[0].title, pages[1].title)
    return likeness is not None and likeness < settings.block_title


def _of_passages(
    pages: tuple[Sketch, Sketch], figures: Figures, runs: Runs | None, settings: JudgingSettings
) -> Verdict:
    """What pages are with passages in common: of one press text if these are several and much of both pages."""
    reuser = _quoting_page(pages, runs, settings)
    if reuser is not None:
        return Verdict("partial_reuse", "quotation", reuser)
    if runs is not None and _is_one_matter(pages, figures, settings):
        if min(run.pieces for run in runs) == 1 and not _is_release(pages, figures, settings):
            return Verdict("partial_reuse", "passage", later_page(pages))
        if figures.least >= settings.release_share:
            return Verdict("shared_release", "own-words-around")
    return Verdict("partial_reuse", "begin-differently")


def _under_another_title(
    pages: tuple[Sketch, Sketch], figures: Figures, runs: Runs | None, settings: JudgingSettings
) -> Verdict | None:
    """What pages are that do not say the same in their titles: of one press text, or one quotes the other."""
    reuser = _quoting_page(pages, runs, settings)
    if reuser is not None:
        return Verdict("partial_reuse", "quotation", reuser)
    taken = _taken_over(pages, runs, settings)
    if taken is not None:
        return taken
    far = _days_between(pages) > settings.near_days
    if figures.least >= settings.release_share and _is_dense(runs, settings) and not far:
        return Verdict("shared_release", "two-titles-one-text")
    if figures.alike or (figures.shared >= settings.passage_shared and _is_passage(runs, settings)):
        return Verdict("partial_reuse", "passage", _taker(pages, figures, runs, settings) if figures.alike else None)
    return None


def _is_passage(runs: Runs | None, settings: JudgingSettings) -> bool:
    """Whether what is shared stands together in both pages, and is not just how both of them end."""
    return runs is not None and _is_dense(runs, settings) and not all(run.is_tail for run in runs)


def _is_dense(runs: Runs | None, settings: JudgingSettings) -> bool:
    """Whether what is shared stands together in both pages, and not here and there as the words of a form do."""
    return runs is not None and min(run.density for run in runs) >= settings.passage_density


def _quoting_page(pages: tuple[Sketch, Sketch], runs: Runs | None, settings: JudgingSettings) -> str | None:
    """The id of the page that announces the shared text as that of others, ``None`` where both or neither do.

    The words stand together there; in the other page they may not.
    """
    if runs is None:
        return None
    quoting = [
        page.id
        for page, run in zip(pages, runs, strict=True)
        if run.density >= settings.passage_density and any(abs(run.begin - place) <= _NEAR for place in page.quoting)
    ]
    if all(run.is_tail for run in runs) and runs[0].shared < settings.passage_shared:
        return None  # what both end with is more likely what their site adds
    return quoting[0] if len(quoting) == 1 else None
