"""From a file's bytes to text: which encoding it is in, and which bytes are not of it."""

from __future__ import annotations

import codecs
import re

from hubspot_import.errors import SourceError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FALLBACK = "cp1252"
"""What Excel writes in Western Europe; it gives every byte but five a character."""
UNDECODABLE = re.compile("[\udc80-\udcff]")
"""What stands in the decoded text for a byte that is not of the encoding."""
_ESCAPABLE = frozenset({"utf-8", "cp1252", "iso8859-1", "iso8859-15"})
"""Encodings whose faulty bytes can be told from a replacement character that stood in the file already."""


def decode(content: bytes, name: str, encoding: str | None = None) -> tuple[str, str]:
    """Decode a file; return the text without its BOM, and the encoding's name.

    Bytes that are not of the encoding become characters of UNDECODABLE, so that only their rows suffer. ``encoding``
    None means: as the BOM says, else UTF-8 when it mostly is, else cp1252. Raises SourceError for an unknown
    encoding.
    """
    bom, named = next(((bom, named) for bom, named in _BOMS if content.startswith(bom)), (b"", None))
    try:
        chosen = codecs.lookup(encoding).name if encoding else named or _guessed(content)
        text = _decoded(content if encoding else content[len(bom) :], chosen)
    except LookupError as error:
        raise SourceError(f"{name}: there is no text encoding '{encoding}'; name one like utf-8 or cp1252") from error
    return text.removeprefix("\ufeff"), chosen


def _decoded(content: bytes, encoding: str) -> str:
    if encoding in _ESCAPABLE:
        return content.decode(encoding, "surrogateescape")
    return content.decode(encoding, "replace").replace("\ufffd", "\udcff")


def _guessed(content: bytes) -> str:
    """UTF-8 unless there are more bytes that are not of it than characters that prove it."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("utf-8", "surrogateescape")
        strange = sum(1 for character in text if not character.isascii())
        faults = len(re.findall("[\udc80-\udcff]", text))
        return "utf-8" if strange - faults > faults else _FALLBACK
    return "utf-8"
