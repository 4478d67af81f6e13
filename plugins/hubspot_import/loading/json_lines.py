"""JSON Lines: one object a line; each of its keys is a column, in the order they first appear."""

from __future__ import annotations

import codecs
import json
import re
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from hubspot_import.errors import SourceError
from hubspot_import.findings import Code
from hubspot_import.loading.decoding import decode
from hubspot_import.loading.dialect import Dialect
from hubspot_import.loading.table import MAX_SHOWN_RECORD, Damage, SourceTable, column_names

MAX_CELLS = 30_000_000
_HEAD_BYTES = 1 << 20
_SURROGATE = re.compile("[\ud800-\udfff]")


class _FaultError(ValueError):
    """A line that is JSON and no record; the message says why."""


@dataclass(slots=True, kw_only=True)
class _Read:
    """What was read so far: the cells of each row by key, and what is wrong."""

    keys: dict[str, None] = field(default_factory=dict)
    rows: dict[int, dict[str, str]] = field(default_factory=dict)
    damages: list[Damage] = field(default_factory=list)


def is_json_lines(content: bytes) -> bool:
    """Say whether the first line that is not blank is a JSON object."""
    head = content[:_HEAD_BYTES].removeprefix(codecs.BOM_UTF8).lstrip()
    if not head.startswith(b"{"):
        return False
    try:
        return isinstance(json.loads(head.split(b"\n", 1)[0]), dict)
    except (ValueError, RecursionError):
        return False


def read_json_lines(content: bytes, name: str, encoding: str | None = None) -> SourceTable:
    """Read a file of JSON objects; a row's number is its line's.

    Texts and numbers stay as they are written, lists are joined by ``;`` as HubSpot writes several options, null and
    "" are empty, an object is its JSON text. A line that is no object is a damaged row. Raises SourceError when the
    rows and keys would make more than MAX_CELLS.
    """
    text, found = decode(content, name, encoding)
    lines = text.removesuffix("\n").split("\n")
    read = _Read()
    for number, line in enumerate(lines, start=1):
        if line.strip():
            _read_line(line, number, found.name, read)
    if len(read.keys) * len(read.rows) > MAX_CELLS:
        raise SourceError(
            f"{name} has {len(read.keys):,} keys in {len(read.rows):,} lines; split it, or use fewer keys"
        )
    index = pd.Index(list(read.rows), dtype="int64", name="row")
    series = {
        column: pd.Series([cells.get(key) for cells in read.rows.values()], index=index, dtype="str")
        for key, column in zip(read.keys, column_names(list(read.keys)), strict=True)
    }
    return SourceTable(
        rows=pd.DataFrame(series, index=index),
        lines=pd.Series(index, index=index, dtype="int64"),
        header_row=0,
        damages=tuple(read.damages),
        blank_records=len(lines) - len(read.rows),
        dialect=Dialect(encoding=found.name, delimiter="", confidence=found.confidence),
    )


def _read_line(line: str, number: int, encoding: str, read: _Read) -> None:
    def damage(code: Code, value: str | None, **facts: Any) -> None:
        read.damages.append(Damage(code=code, row=number, line=number, value=value, facts=facts))

    shown = _SURROGATE.sub("\ufffd", line)
    cells: dict[str, str | None] = {}
    try:
        cells = _cells(line)
    except (ValueError, RecursionError) as error:
        reason = str(error) if isinstance(error, _FaultError) else "it is not JSON"
        damage(Code.COULD_NOT_PARSE_ROW, shown[:MAX_SHOWN_RECORD], reason=reason)
    if any(cell and _SURROGATE.search(cell) for cell in (*cells, *cells.values())):
        damage(Code.ENCODING_ERROR, None, encoding=encoding)
    written = {_SURROGATE.sub("\ufffd", key): _SURROGATE.sub("\ufffd", cell) for key, cell in cells.items() if cell}
    read.keys.update(dict.fromkeys(_SURROGATE.sub("\ufffd", key) for key in cells))
    read.rows[number] = written


def _cells(line: str) -> dict[str, str | None]:
    record = json.loads(line, object_pairs_hook=_once_each, parse_int=str, parse_float=str, parse_constant=_refuse)
    if not isinstance(record, dict):
        raise _FaultError("it is no JSON object")
    if not any(isinstance(value, dict | list) for value in record.values()):
        return {key: _text(value) for key, value in record.items()}
    exact = json.loads(line)  # numbers within objects are to be written as numbers again
    return {key: _text(exact[key] if isinstance(value, dict) else value) for key, value in record.items()}


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and not any(isinstance(each, dict | list) for each in value):
        return ";".join(_text(each) or "" for each in value)
    return json.dumps(value, ensure_ascii=False)


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) < len(pairs):
        raise _FaultError("it names a key twice")
    return record


def _refuse(constant: str) -> None:
    raise _FaultError(f"{constant} is no value of JSON")
