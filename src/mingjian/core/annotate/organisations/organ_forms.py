"""The full form of an organ's name: 工信局 is 工业和信息化局, as far as the rules know it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def full_form(organ: str, place: str, settings: Mapping[str, Any]) -> str:
    """The full form, or the empty string where none is certain; a form of this place alone comes first."""
    forms = settings["organ_forms"]
    for words in (f"{place}{organ}", organ):
        if words in forms:
            return str(forms[words])
    for suffix, full in settings["organ_suffixes"].items():
        if organ.endswith(suffix) and (stem := settings["organ_stems"].get(organ.removesuffix(suffix))):
            return f"{stem}{full}"
    return ""
