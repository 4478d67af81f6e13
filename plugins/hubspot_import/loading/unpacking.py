"""Compressed files, opened within limits: a small file must not unpack to more than this machine holds."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from hubspot_import.errors import SourceError

GZIP_MARK = b"\x1f\x8b"
ZIP_MARK = b"PK\x03\x04"
MAX_UNPACKED_BYTES = 1 << 30
MAX_RATIO = 200
"""Honest tables are packed 3 to 50 times smaller; deflate ends at 1,032."""
ALWAYS_FINE_BYTES = 64 << 20
"""Up to this size any ratio is let pass: a file of one repeated row is no attack."""
_GZIP = 16 + zlib.MAX_WBITS
_PIECE_BYTES = 64 * 1024
_BY_THE_WAY = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|\._)")
"""What macOS adds to every archive."""


def open_archive(content: bytes, name: str) -> zipfile.ZipFile:
    """Open a ZIP file whose members are what it says they are. Raises SourceError for a bomb and a damaged file."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        check_size(sum(member.file_size for member in archive.infolist()), len(content), name)
        broken = archive.testzip()  # reads every member up to its stated size; more or less than that is not its CRC
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        raise SourceError(f"{name} is damaged: it is no whole ZIP file; save it again") from error
    except RuntimeError as error:
        raise SourceError(f"{name} is protected by a password; save it without one") from error
    if broken is not None:
        raise SourceError(f"{name} is damaged: its part {broken} is not whole; save it again")
    return archive


def is_workbook(archive: zipfile.ZipFile) -> bool:
    """Say whether a ZIP file is an XLSX workbook (or XLSM)."""
    return "xl/workbook.xml" in archive.namelist()


def unpack_gzip(content: bytes, name: str) -> bytes:
    """Unpack a gzip file, piece by piece. Raises SourceError for a bomb and a damaged file."""
    pieces: list[bytes] = []
    unpacked = 0
    view = memoryview(content)
    unpacker = zlib.decompressobj(_GZIP)
    try:
        for start in range(0, len(view), _PIECE_BYTES):
            rest = bytes(view[start : start + _PIECE_BYTES])
            while rest:
                if unpacker.eof:  # gzip files may stand one behind another
                    unpacker = zlib.decompressobj(_GZIP)
                pieces.append(unpacker.decompress(rest))
                unpacked += len(pieces[-1])
                check_size(unpacked, len(content), name)
                rest = unpacker.unused_data
    except zlib.error as error:
        raise SourceError(f"{name} is damaged: it is no whole gzip file; save it again") from error
    if not unpacker.eof:
        raise SourceError(f"{name} is damaged: it ends too early; save it again")
    return b"".join(pieces)


def only_member(archive: zipfile.ZipFile, name: str) -> bytes:
    """Unpack the one file of an archive. Raises SourceError when it holds none or several."""
    members = [each for each in archive.namelist() if not each.endswith("/") and not _BY_THE_WAY.search(each)]
    if len(members) != 1:
        shown = ", ".join(members[:5]) or "none"
        raise SourceError(
            f"{name} must hold one file and holds {len(members)}: {shown}; put each table into a file of its own"
        )
    return archive.read(members[0])


def check_size(unpacked: int, packed: int, name: str) -> None:
    """Raise SourceError when a file of ``packed`` bytes that unpacks to ``unpacked`` bytes is too large, or a bomb."""
    if unpacked > MAX_UNPACKED_BYTES:
        raise SourceError(f"{name} unpacks to more than {MAX_UNPACKED_BYTES >> 20} MiB; split it into several files")
    if unpacked > max(ALWAYS_FINE_BYTES, packed * MAX_RATIO):
        raise SourceError(
            f"{name} unpacks to more than {MAX_RATIO} times its size, as no table does; unpack it yourself and see"
        )
