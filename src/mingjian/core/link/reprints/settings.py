"""The numbers of ``rules/corpus/reprints.toml`` as typed values."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from mingjian.core.rulebook import Rulebook, bundled_rulebook


class FingerprintSettings(msgspec.Struct, frozen=True):
    """What a fingerprint is, and how many are kept."""

    gram: int
    one_in: int
    least_body: int
    least_line: int
    sentence_end: str


class SlotSettings(msgspec.Struct, frozen=True):
    """What tells one slot from another, and which Han figures are numbers."""

    context: int
    before: str
    behind: str


class SalienceSettings(msgspec.Struct, frozen=True):
    """What of a body is salient."""

    least_count: int
    most: int


class JoinSettings(msgspec.Struct, frozen=True):
    """Which pairs are candidates."""

    most_pages: int
    least_shared: int
    most_earlier: int


class JudgingSettings(msgspec.Struct, frozen=True):
    """When a pair is what."""

    contained: float
    sure_shared: int
    least_shared: int
    short_share: float
    conflicts: int
    conflict_share: float
    rewritten_conflict_share: float
    sure_share: float
    apart_share: float
    agreements: int
    least_salient: int
    salient_share: float
    far_days: int
    far_contained: float
    far_conflict_share: float
    far_title: float
    like_title: float
    near_days: int
    rewritten_share: float
    rewritten_piece: float
    block_title: float
    block_piece: float
    block_margin: int
    cut_share: float
    same_lead: float
    filled_title: float
    filled_least: int
    host_share: float
    part_shared: int
    item_shared: int
    passage_shared: int
    passage_density: float
    part_share: float
    same_share: float
    whole_share: float
    lead_share: float
    least_lead: int
    shared_lead: float
    roundup_share: float
    release_share: float
    retold_share: float
    retold_pieces: int
    retold_numbers: int
    retold_number_share: float
    retold_title: int
    own_margin: int
    own_density: float
    own_share: float
    release_days: int
    taken_agreements: int


class DescribingSettings(msgspec.Struct, frozen=True):
    """From where on a difference between two pages is told."""

    least_run: int
    gap: int
    other_script: float
    other_width: float
    rewrapped: float


class GroupingSettings(msgspec.Struct, frozen=True):
    """How parents are weighed."""

    named_source: float
    same_title: float
    whole_copy: float
    whole_parent: float
    most_compared: int


class MarkingSettings(msgspec.Struct, frozen=True):
    """When a site is a mirror, and a page is stitched together."""

    mirror_pages: int
    mirror_share: float
    part_share: float
    stitched_share: float


class ReprintSettings(msgspec.Struct, frozen=True):
    """All settings of reprints."""

    fingerprints: FingerprintSettings
    slots: SlotSettings
    salience: SalienceSettings
    join: JoinSettings
    judging: JudgingSettings
    describing: DescribingSettings
    grouping: GroupingSettings
    marking: MarkingSettings


@lru_cache(maxsize=4)
def reprint_settings(book: Rulebook | None = None) -> ReprintSettings:
    """The settings that the rule book states; by default, the bundled one."""
    return msgspec.convert(dict((book or bundled_rulebook()).tables["corpus/reprints"]), ReprintSettings)
