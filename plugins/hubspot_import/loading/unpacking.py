"""Compressed files, opened within limits: a small file must not unpack to more than this machine holds."""

from __future__ import annotations

import io
import zipfile
import zlib

from hubspot_import.errors import SourceError

ZIP_MARK = b"PK\x03\x04"
MAX_UNPACKED_BYTES = 1 << 30
MAX_RATIO = 200
"""Honest tables are packed 3 to 50 times smaller; deflate ends at 1,032."""
ALWAYS_FINE_BYTES = 64 << 20
"""Up to this size any ratio is let pass: a file of one repeated row is no attack."""


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


def check_size(unpacked: int, packed: int, name: str) -> None:
    """Raise SourceError when a file of ``packed`` bytes that unpacks to ``unpacked`` bytes is too large, or a bomb."""
    if unpacked > MAX_UNPACKED_BYTES:
        raise SourceError(f"{name} unpacks to more than {MAX_UNPACKED_BYTES >> 20} MiB; split it into several files")
    if unpacked > max(ALWAYS_FINE_BYTES, packed * MAX_RATIO):
        raise SourceError(
            f"{name} unpacks to more than {MAX_RATIO} times its size, as no table does; unpack it yourself and see"
        )
