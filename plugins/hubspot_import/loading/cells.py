"""The text of a typed cell, as people see it in a spreadsheet."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

_WHOLE_UP_TO = 2**53
"""Up to here every whole number has a float of its own; Excel shows 15 digits of larger ones."""

Cell = str | bool | int | float | datetime | date | time | timedelta


def cell_text(cell: Cell) -> str | None:
    """Write a cell's value as text; null when it is empty."""
    if isinstance(cell, str):
        return cell or None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        nearest = cell + timedelta(microseconds=500)  # a day's fraction is seldom exact
        return nearest.replace(microsecond=nearest.microsecond // 1000 * 1000).isoformat().removesuffix("000")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        minutes, seconds = divmod(round(cell.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return number_text(cell)


def number_text(number: float) -> str:
    """Write a number without an exponent, with the 15 digits Excel works by: 0.1 + 0.2 is 0.3."""
    if abs(number) <= _WHOLE_UP_TO and number == int(number):
        return str(int(number))
    return format(Decimal(f"{number:.15g}"), "f") if abs(number) < 1e21 else repr(number)
