"""Requests over time against the limit, as a drawing: one column a second, the newest on the right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from hubspot_simulator.front.document import number
from hubspot_simulator.front.markup import Markup, joined, tag
from hubspot_simulator.limits import LANE_SECONDS, Lane
from hubspot_simulator.request_log import RequestRecord

SPAN = 120
"""Seconds the chart goes back."""
WINDOW = int(LANE_SECONDS[Lane.BURST])
HEADROOM = 1.18
"""How far the drawing reaches beyond the limit, or beyond the highest count when that is more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Per second, the oldest first: requests granted in the WINDOW seconds up to it, and those refused within it."""

    rolling: tuple[int, ...]
    refused: tuple[int, ...]


def series(newest_first: Iterable[RequestRecord], now: float) -> Series:
    """Count the burst's requests of the last SPAN seconds."""
    granted, refused = [0] * (SPAN + WINDOW), [0] * (SPAN + WINDOW)
    for record in newest_first:
        age = now - record.at
        if age >= SPAN + WINDOW:
            break
        if record.lane is Lane.BURST:
            granted[int(age)] += record.granted
            refused[int(age)] += record.status == 429
    rolling = tuple(sum(granted[age : age + WINDOW]) for age in range(SPAN))
    return Series(rolling=rolling[::-1], refused=tuple(refused[SPAN - 1 :: -1]))


def chart(counts: Series, limit: int) -> Markup:
    """Draw the counts. Shapes are stretched to the width there is, words are not."""
    top = max(limit, *counts.rolling, *counts.refused) * HEADROOM
    height = 100 * limit / top
    shapes = tag(
        "svg",
        tag("path", class_="area", d=f"{_line(counts.rolling, top)}V100H0Z"),
        tag("path", class_="used", d=_line(counts.rolling, top)),
        *_bars(counts.refused, top),
        tag("path", class_="limit", d=f"M0 {100 - height:.2f}H{SPAN}"),
        viewBox=f"0 0 {SPAN} 100",
        preserveAspectRatio="none",
        width="100%",
        height="100%",
    )
    words = tag("text", f"limit {number(limit)} in {WINDOW} s", x="0", y=f"{100 - height:.2f}%", dy="-6")
    said = f"At most {max(counts.rolling)} of {limit} requests in {WINDOW} seconds, within the last {SPAN} seconds."
    drawing = tag("svg", shapes, words, class_="chart", role="img", aria_label=said)
    axis = tag("div", tag("span", f"{SPAN // 60} min ago"), tag("span", f"{SPAN // 120} min ago"), tag("span", "now"))
    return joined(drawing, tag("div", axis, class_="axis"))


def _line(values: Sequence[int], top: float) -> str:
    """Draw steps: each second holds its count until the next."""
    heights = [f"{100 - 100 * value / top:.2f}" for value in values]
    return f"M0 {heights[0]}H1" + "".join(f"V{height}H{second}" for second, height in enumerate(heights[1:], start=2))


def _bars(values: Sequence[int], top: float) -> list[Markup]:
    shown = [(second, ceil(100 * value / top)) for second, value in enumerate(values) if value]
    return [tag("rect", class_="refused", x=second, y=100 - height, width=1, height=height) for second, height in shown]
