"""Dates and datetimes: ISO 8601, what can be read in one way only, and what the column's convention reads.

Wire forms are those of HubSpot's properties guide: ``YYYY-MM-DD`` and ISO 8601 with zone. A datetime without a zone is
taken in the convention's, UTC unless the mapping says otherwise.
"""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from hubspot_import.mapping.conventions import STRICT, Convention, DayNumbers
from hubspot_import.mapping.reading import Reading, refused
from hubspot_import.mapping.spec import DateFormat

PLAIN_DATE = r"(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])"
"""Dates that exist in every year and are their own wire form."""

_MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name[:3]: n for name, n in _MONTHS.items()} | {"sept": 9}
_MARK = r"([-/.])"
_YEAR_FIRST = re.compile(rf"([0-9]{{4}}){_MARK}([0-9]{{1,2}})\2([0-9]{{1,2}})")
_YEAR_LAST = re.compile(rf"([0-9]{{1,2}}){_MARK}([0-9]{{1,2}})\2([0-9]{{4}})")
_SHORT_YEAR = re.compile(rf"([0-9]{{1,2}}){_MARK}([0-9]{{1,2}})\2([0-9]{{2}})")
_DAY_MONTH = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[ .-]+([A-Za-z]{3,9})\.?,?[ -]+([0-9]{4})", re.IGNORECASE)
_MONTH_DAY = re.compile(r"([A-Za-z]{3,9})\.? +([0-9]{1,2})(?:st|nd|rd|th)?,? +([0-9]{4})", re.IGNORECASE)
_WITH_TIME = re.compile(
    r"(?P<date>.*?[0-9])(?P<rest>(?:[Tt ]|, )\s*(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})"
    r"(?::(?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]{1,9}))?)?"
    r"\s*(?P<half>[AaPp]\.?[Mm]\.?)?\s*(?P<zone>Z|z|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?)?)"
)
_SERIAL = re.compile(r"[1-9][0-9]{4}(\.[0-9]+)?")
_EPOCH = re.compile(r"1[0-9]{9}(?:[0-9]{3})?")
_SPREADSHEET_EPOCH = date(1899, 12, 30)


def parse_date(text: str, convention: Convention = STRICT) -> Reading:
    """Read a calendar day. Midnight may stand behind it, as spreadsheets write it; another time may not."""
    if (counted := _counted(text, convention)) is not None:
        return Reading(counted.date().isoformat())
    day, moment = _split(text, convention)
    if isinstance(day, Reading):
        return day
    if isinstance(moment, Reading):
        return moment
    if moment.replace(tzinfo=None) != time.min:
        return refused("it holds a time of day", day.isoformat())
    return Reading(day.isoformat())


def parse_datetime(text: str, convention: Convention = STRICT) -> Reading:
    """Read a moment; without a time it is midnight. Milliseconds stay when there are any."""
    if (counted := _counted(text, convention)) is not None:
        return Reading(_utc(counted))
    day, moment = _split(text, convention)
    if isinstance(day, Reading):
        return day
    if isinstance(moment, Reading):
        return moment
    if not date.min < day < date.max:  # its moment in UTC may be in no year that exists
        return refused("the year is out of range")
    return Reading(_utc(datetime.combine(day, moment)))


def _utc(moment: datetime) -> str:
    instant = moment.astimezone(UTC)
    timespec = "milliseconds" if instant.microsecond // 1000 else "seconds"
    return instant.isoformat(timespec=timespec).replace("+00:00", "Z")


def _counted(text: str, convention: Convention) -> datetime | None:
    """A spreadsheet's day number (days since 1899-12-30, Excel's 1900 system) or Unix time, where the column has it."""
    if convention.day_numbers is DayNumbers.SERIAL and _SERIAL.fullmatch(text):
        seconds = round(float(text) * 86_400)
        midnight = datetime.combine(_SPREADSHEET_EPOCH, time(tzinfo=_local_zone(convention)))
        return (midnight.replace(tzinfo=None) + timedelta(seconds=seconds)).replace(tzinfo=midnight.tzinfo)
    if convention.day_numbers is DayNumbers.EPOCH and _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(text) / (1000 if len(text) == 13 else 1), UTC)
    return None


def _local_zone(convention: Convention) -> ZoneInfo | timezone:
    return UTC if convention.time_zone == "UTC" else ZoneInfo(convention.time_zone)


def _split(text: str, convention: Convention) -> tuple[date | Reading, time | Reading]:
    """Read the day and the time of day, each a value or the reason why it is none."""
    match = _WITH_TIME.fullmatch(text)
    order = convention.date_format
    if match is None:
        return _day(text, order), time(tzinfo=_local_zone(convention))
    return _day(match["date"].strip(), order, after=match["rest"]), _time(match, convention)


def _time(match: re.Match[str], convention: Convention) -> time | Reading:
    hour, minute, second = (int(match[name] or 0) for name in ("hour", "minute", "second"))
    half = (match["half"] or "").lower().replace(".", "")
    if half and not 1 <= hour <= 12:
        return refused(f"there is no hour {hour} {half.upper()}")
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return refused("there is no such time of day")
    zone = _zone(match["zone"]) if match["zone"] else _local_zone(convention)
    if zone is None:
        return refused("there is no such time zone")
    return time(hour, minute, second, int((match["fraction"] or "0").ljust(6, "0")[:6]), tzinfo=zone)


def _zone(text: str) -> timezone | None:
    if text[0] not in "+-":
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    hours, minutes = int(digits[:2]), int(digits[2:])
    if hours > 14 or minutes > 59:
        return None
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if text[0] == "-" else offset)


def _day(text: str, order: DateFormat | None, *, after: str = "") -> date | Reading:
    """Read the date; ``after`` is the time behind it, repeated in suggestions."""
    if match := _YEAR_FIRST.fullmatch(text):
        return _existing(int(match[1]), int(match[3]), int(match[4]), after)
    if match := _YEAR_LAST.fullmatch(text):
        return _year_last(int(match[1]), int(match[3]), int(match[4]), order, after)
    if match := _DAY_MONTH.fullmatch(text):
        return _named_month(int(match[3]), match[2], int(match[1]), after)
    if match := _MONTH_DAY.fullmatch(text):
        return _named_month(int(match[3]), match[1], int(match[2]), after)
    return _not_a_date(text)


def _named_month(year: int, name: str, day: int, after: str) -> date | Reading:
    month = _MONTHS.get(name.lower())
    return refused(f"'{name}' is not an English month") if month is None else _existing(year, month, day, after)


def _existing(year: int, month: int, day: int, after: str) -> date | Reading:
    """Build the date or say what about it does not exist."""
    if year == 0:
        return refused("there is no year 0")
    if not 1 <= month <= 12:
        swapped = _date_or_none(year, day, month)
        return refused(f"there is no month {month}", f"{swapped.isoformat()}{after}" if swapped else None)
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        nearest = f"{date(year, month, last).isoformat()}{after}" if last < day <= 31 else None
        return refused(f"{calendar.month_name[month]} has {last} days in {year}", nearest)
    return date(year, month, day)


def _date_or_none(year: int, month: int, day: int) -> date | None:
    exists = 1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]
    return date(year, month, day) if exists else None


def _year_last(first: int, second: int, year: int, order: DateFormat | None, after: str) -> date | Reading:
    """Read a date that ends with its year in the order the column has, or as far as its numbers tell."""
    if order is DateFormat.DMY:
        return _existing(year, second, first, after)
    if order is DateFormat.MDY:
        return _existing(year, first, second, after)
    if order is DateFormat.YMD:
        return refused("the year does not stand first")
    return _day_or_month_first(first, second, year, after)


def _day_or_month_first(first: int, second: int, year: int, after: str) -> date | Reading:
    """31/12/2024 and 12/31/2024 can be read in one way only; 03/04/2025 cannot."""
    day_first, month_first = _date_or_none(year, second, first), _date_or_none(year, first, second)
    if day_first and month_first and day_first != month_first:
        both = (f"{day.isoformat()}{after} ({day.day} {day:%B})" for day in (day_first, month_first))
        return refused("day and month can be read in two ways", " or ".join(both))
    if day_first or month_first:
        return day_first or month_first or date.min
    month, day = (second, first) if second <= 12 else (first, second)
    return _existing(year, month, day, after)


def _not_a_date(text: str) -> Reading:
    """Say what the text is instead of a date, as far as that can be told."""
    if match := _SHORT_YEAR.fullmatch(text):
        first, second, year = int(match[1]), int(match[3]), 2000 + int(match[4])
        readings = (_date_or_none(year, second, first), _date_or_none(year, first, second))
        days = dict.fromkeys(day.isoformat() for day in readings if day)
        return refused("the year has two digits", " or ".join(days) or None)
    if _SERIAL.fullmatch(text):
        day = _SPREADSHEET_EPOCH + timedelta(days=int(float(text)))
        return refused("it is a spreadsheet's day number", day.isoformat())
    if re.fullmatch(r"[0-9]{8}", text) and (compact := _date_or_none(int(text[:4]), int(text[4:6]), int(text[6:]))):
        return refused("year, month and day are not separated", compact.isoformat())
    if _EPOCH.fullmatch(text):
        moment = datetime.fromtimestamp(int(text[:10]), UTC)
        return refused("it is a time stamp", moment.isoformat().replace("+00:00", "Z"))
    return refused("it is written in no known form")
