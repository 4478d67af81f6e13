"""Which columns write dates or numbers that can be read in two ways, and how they were read: one warning a column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hubspot_import.findings import Code, finding
from hubspot_import.mapping.conventions import Convention, Decision
from hubspot_import.mapping.spec import DateFormat, DecimalMark, PropertyType
from hubspot_import.model import Finding
from hubspot_import.validation.sheet import Sheet

_DATE_READINGS: Mapping[DateFormat, str] = {
    DateFormat.DMY: "day first",
    DateFormat.MDY: "month first",
    DateFormat.YMD: "year first",
}
_NUMBER_READINGS: Mapping[DecimalMark, str] = {
    DecimalMark.POINT: "a point before decimals and a comma between thousands",
    DecimalMark.COMMA: "a comma before decimals and a point between thousands",
}


def check_conventions(sheet: Sheet) -> Iterator[Finding]:
    """Report each column whose convention is an assumption, with the reading taken and how to say otherwise."""
    for name, decision in sheet.decisions.items():
        if decision.open_example is not None:
            yield _assumed(sheet, name, decision, decision.open_example)


def _assumed(sheet: Sheet, name: str, decision: Decision, example: str) -> Finding:
    kind = sheet.mapping.properties[name].type or PropertyType.STRING
    code, reading, setting = _words(decision.convention)
    return finding(
        code,
        sheet.object_type,
        column=sheet.column_of(name),
        value=example,
        reading=reading,
        wire=sheet.parsed[name].wire[sheet.texts[name] == example].iloc[0],
        setting=f"{name}: {{column: {sheet.column_of(name)}, type: {kind}, {setting}}}",
    )


def _words(convention: Convention) -> tuple[Code, str, str]:
    """The code, the reading taken, and what the mapping says for the other one."""
    if convention.decimal is not None:
        other = DecimalMark.COMMA if convention.decimal is DecimalMark.POINT else DecimalMark.POINT
        return Code.AMBIGUOUS_NUMBER_FORMAT, _NUMBER_READINGS[convention.decimal], f"decimal: {other}"
    taken = convention.date_format or DateFormat.DMY
    other_order = DateFormat.MDY if taken is DateFormat.DMY else DateFormat.DMY
    return Code.AMBIGUOUS_DATE_FORMAT, _DATE_READINGS[taken], f"date_format: {other_order}"
