"""From a file's bytes to text: which encoding it is in, and which bytes are not of it."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

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
_SAME = {"iso8859-1": _FALLBACK}
"""Nobody writes Latin-1's control characters; what is guessed to be it is Windows' code page."""
_LEAST_CONFIDENCE = 0.1
"""Measured: 12 texts of three lines in as many languages are guessed right at 0.11 to 0.53; names alone wrong below."""
_HEAD_BYTES, _SAMPLE_BYTES = 64 * 1024, 256 * 1024
_STRANGE_LINE = re.compile(rb"[^\r\n]*[\x80-\xff][^\r\n]*")
UNDECODABLE = re.compile("[\udc80-\udcff]")
"""What stands in the decoded text for a byte that is not of the encoding."""
_ESCAPABLE = frozenset({"utf-8", "cp1252", "iso8859-1", "iso8859-15"})
"""Encodings whose faulty bytes can be told from a replacement character that stood in the file already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """``confidence``: 1 when it is sure or given, 0 when nothing told and the fallback was taken."""

    name: str
    confidence: float = 1.0


def decode(content: bytes, name: str, encoding: str | None = None) -> tuple[str, Encoding]:
    """Decode a file; return the text without its BOM, and the encoding.

    Bytes that are not of the encoding become characters of UNDECODABLE, so that only their rows suffer. ``encoding``
    None means: as the BOM says, else UTF-16 or UTF-8 when it mostly is, else what chardet finds, else cp1252. Raises
    SourceError for an unknown encoding.
    """
    bom, named = next(((bom, Encoding(name=each)) for bom, each in _BOMS if content.startswith(bom)), (b"", None))
    try:
        chosen = _given(encoding) if encoding else named or _guessed(content)
        text = _decoded(content if encoding else content[len(bom) :], chosen.name)
    except (LookupError, ValueError) as error:
        raise SourceError(f"{name}: there is no text encoding '{encoding}'; name one like utf-8 or cp1252") from error
    return text.removeprefix("\ufeff"), chosen


def _given(encoding: str) -> Encoding:
    name = codecs.lookup(encoding).name
    return Encoding(name="utf-8" if name == "utf-8-sig" else name)


def _decoded(content: bytes, encoding: str) -> str:
    if encoding in _ESCAPABLE:
        return content.decode(encoding, "surrogateescape")
    return content.decode(encoding, "replace").replace("\ufffd", "\udcff")


def _guessed(content: bytes) -> Encoding:
    """UTF-16 or UTF-8 when it mostly is, else chardet's guess when it is any good."""
    if wide := _wide(content[:_HEAD_BYTES]):
        return Encoding(name=wide)
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("utf-8", "surrogateescape")
        strange = sum(1 for character in text if not character.isascii())
        faults = len(UNDECODABLE.findall(text))
        if strange - faults > faults:
            return Encoding(name="utf-8", confidence=round(1 - faults / strange, 2))
        return _detected(content)
    return Encoding(name="utf-8")


def _wide(head: bytes) -> str | None:
    """UTF-16 without a BOM: every other byte is mostly NUL."""
    for encoding, high, low in (("utf-16-le", head[1::2], head[0::2]), ("utf-16-be", head[0::2], head[1::2])):
        if len(high) > 3 and high.count(0) > len(high) * 0.6 and low.count(0) < len(low) * 0.1:
            return encoding
    return None


def _detected(content: bytes) -> Encoding:
    """Ask chardet about the lines that are not ASCII, as far as it takes."""
    import chardet  # noqa: PLC0415  # only files without a BOM that are not UTF-8 pay for it

    sample, size = [], 0
    for line in _STRANGE_LINE.finditer(content):
        sample.append(line[0])
        size += len(line[0])
        if size > _SAMPLE_BYTES:
            break
    text = b"\n".join(sample)[:_SAMPLE_BYTES]
    found = chardet.detect(text, encoding_era=chardet.EncodingEra.MODERN_WEB)
    if not found["encoding"] or found["confidence"] < _LEAST_CONFIDENCE:
        return Encoding(name=_FALLBACK, confidence=0.0)
    name = codecs.lookup(found["encoding"]).name
    return Encoding(name=_SAME.get(name, name), confidence=round(found["confidence"], 2))
