"""Writes workbooks of a few cells, as Excel lays them out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

Cell = str | float | bool | tuple[str, str] | None
"""A text, a number, a boolean, nothing, or (style, raw value) with a style of STYLES or ``error``."""

STYLES = {"general": 0, "date": 14, "datetime": 22, "time": 21, "percent": 9}
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def a_workbook(sheets: Mapping[str, Sequence[Sequence[Cell]]], *, first_row: int = 1) -> bytes:
    """Write sheets of rows; an empty row is left out of the file, as Excel does."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        numbers = range(1, len(sheets) + 1)
        archive.writestr("[Content_Types].xml", _content_types(numbers))
        archive.writestr("_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")]))
        listed = "".join(
            f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>'
            for n, name in zip(numbers, sheets, strict=True)
        )
        archive.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>{listed}</sheets></workbook>'
        )
        parts = [("worksheet", f"worksheets/sheet{n}.xml") for n in numbers] + [("styles", "styles.xml")]
        archive.writestr("xl/_rels/workbook.xml.rels", _relations(parts))
        formats = "".join(f'<xf numFmtId="{number}" applyNumberFormat="1"/>' for number in STYLES.values())
        archive.writestr("xl/styles.xml", f'<styleSheet xmlns="{_MAIN}"><cellXfs>{formats}</cellXfs></styleSheet>')
        for number, rows in zip(numbers, sheets.values(), strict=True):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", sheet_xml(rows, first_row))
    return file.getvalue()


def sheet_xml(rows: Sequence[Sequence[Cell]], first_row: int = 1) -> str:
    """Write one sheet's XML."""
    lines = []
    for row, cells in enumerate(rows, start=first_row):
        written = "".join(_cell(f"{chr(65 + column)}{row}", cell) for column, cell in enumerate(cells))
        if written:
            lines.append(f'<row r="{row}">{written}</row>')
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'


def _cell(place: str, cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return f'<c r="{place}" t="b"><v>{int(cell)}</v></c>'
    if isinstance(cell, str):
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
    style, value = cell if isinstance(cell, tuple) else ("general", repr(cell))
    if style == "error":
        return f'<c r="{place}" t="e"><v>{value}</v></c>'
    return f'<c r="{place}" s="{list(STYLES).index(style)}"><v>{value}</v></c>'


def _content_types(numbers: Sequence[int]) -> str:
    parts = [("/xl/workbook.xml", _BOOK_TYPE), *((f"/xl/worksheets/sheet{n}.xml", _SHEET_TYPE) for n in numbers)]
    listed = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in parts)
    default = '<Default Extension="xml" ContentType="application/xml"/>'
    return f'<Types xmlns="{_PACKAGE}/content-types">{default}{listed}</Types>'


def _relations(parts: Sequence[tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{n}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(parts, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'
