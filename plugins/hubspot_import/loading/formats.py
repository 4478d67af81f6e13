"""Which of the formats a file is in, told by its first bytes and not by its name."""

from __future__ import annotations

from dataclasses import dataclass

from hubspot_import.errors import SourceError
from hubspot_import.loading.json_lines import is_json_lines, read_json_lines
from hubspot_import.loading.table import SourceTable, read_text_table
from hubspot_import.loading.unpacking import GZIP_MARK, ZIP_MARK, is_workbook, only_member, open_archive, unpack_gzip

_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PARQUET_MARK = b"PAR1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How a file is to be read, where its user knows better than we find out. ``sheet`` belongs to workbooks."""

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None


def read_source(content: bytes, name: str, wish: Wish) -> SourceTable:
    """Read a source file of any format, packed by gzip or ZIP or not.

    Raises SourceError when it cannot be read, an archive holds several files, or a sheet of a text is wanted.
    """
    if content.startswith(GZIP_MARK):
        return _read_unpacked(unpack_gzip(content, name), name, wish)
    if content.startswith(ZIP_MARK):
        archive = open_archive(content, name)
        if not is_workbook(archive):
            return _read_unpacked(only_member(archive, name), name, wish)
    return _read_unpacked(content, name, wish)


def _read_unpacked(content: bytes, name: str, wish: Wish) -> SourceTable:
    if content.startswith(_OLD_WORKBOOK):
        raise SourceError(f"{name} is an old or a protected workbook; save it as XLSX without a password")
    if content.startswith(GZIP_MARK):
        raise SourceError(f"{name} is packed twice; pack the table itself")
    if content.startswith(ZIP_MARK):
        return _read_workbook(content, name, wish)
    if wish.sheet is not None:
        raise SourceError(f"{name} is no workbook and has no sheet '{wish.sheet}'; leave 'sheet' out")
    if content.startswith(_PARQUET_MARK):
        return _parquet(content, name)
    if is_json_lines(content):
        return read_json_lines(content, name, wish.encoding)
    return read_text_table(content, name, encoding=wish.encoding, delimiter=wish.delimiter)


def _parquet(content: bytes, name: str) -> SourceTable:
    from hubspot_import.loading.parquet import parquet_table  # noqa: PLC0415  # only Parquet files pay for its reader

    return parquet_table(content, name)


def _read_workbook(content: bytes, name: str, wish: Wish) -> SourceTable:
    from hubspot_import.loading.workbook import read_workbook  # noqa: PLC0415  # only workbooks pay for calamine

    archive = open_archive(content, name)
    if not is_workbook(archive):
        raise SourceError(f"{name} is packed twice; pack the table itself")
    return read_workbook(content, archive, name, sheet=wish.sheet)
