"""Text stands out from its ground as WCAG 2.2 AA asks, in the light and in the dark."""

from __future__ import annotations

import re

import pytest

from mingjian.serve.web.assets import asset

ON = [
    *((text, ground) for text in ("ink", "soft", "faint", "link") for ground in ("card", "paper", "well")),
    ("accent-ink", "accent"), ("accent", "accent-soft"), ("ink", "accent-soft"), ("ink", "near"), ("lit-ink", "lit"),
    ("soft", "tile-0"), ("faint", "tile-0"), ("good", "good-soft"), ("warn", "warn-soft"), ("bad", "bad-soft"),
    ("good", "card"), ("bad", "card"), ("accent", "info-soft"), ("soft", "warn-soft"), ("soft", "info-soft"),
    ("ink", "tile-1"), ("ink", "tile-2"), ("tile-ink-3", "tile-3"), ("tile-ink-4", "tile-4"), ("tile-ink-4", "tile-5"),
]  # fmt: skip


def schemes() -> dict[str, dict[str, str]]:
    found = asset("workbench.css")
    assert found is not None
    roots = re.findall(r":root \{(.*?)\}", found.body.decode(), re.DOTALL)
    light, dark = (dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{3,6});", root)) for root in roots[:2])
    return {"light": light, "dark": light | dark}


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(each * 2 for each in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(scheme: str) -> None:
    colours = schemes()[scheme]
    poor = {}
    for text, ground in ON:
        low, high = sorted((luminance(colours[text]), luminance(colours[ground])))
        ratio = (high + 0.05) / (low + 0.05)
        if ratio < 4.5:
            poor[text, ground] = round(ratio, 2)
    assert poor == {}
