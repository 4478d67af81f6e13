from __future__ import annotations

import io
import zipfile

import pytest

from hubspot_import.errors import SourceError
from hubspot_import.loading.unpacking import ALWAYS_FINE_BYTES, MAX_UNPACKED_BYTES, check_size, open_archive


def a_zip(members: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def test_a_member_that_unpacks_to_a_thousand_times_its_size_is_refused():
    with pytest.raises(SourceError, match=r"x\.zip unpacks to more than 200 times its size"):
        open_archive(a_zip({"a.csv": bytes(ALWAYS_FINE_BYTES + 1)}), "x.zip")


def test_a_small_file_may_be_packed_as_tightly_as_it_likes():
    assert open_archive(a_zip({"a.csv": bytes(1 << 20)}), "x.zip").namelist() == ["a.csv"]


def test_more_than_memory_holds_is_refused_whatever_the_ratio():
    check_size(MAX_UNPACKED_BYTES, MAX_UNPACKED_BYTES, "x.zip")
    with pytest.raises(SourceError, match=r"x\.zip unpacks to more than 1024 MiB; split it"):
        check_size(MAX_UNPACKED_BYTES + 1, MAX_UNPACKED_BYTES, "x.zip")


def test_a_member_that_is_larger_than_it_says_is_refused():
    content = a_zip({"a.csv": b"a" * 5_000})
    with pytest.raises(SourceError, match=r"x\.zip is damaged"):
        open_archive(content.replace((5_000).to_bytes(4, "little"), (50).to_bytes(4, "little")), "x.zip")


def test_a_member_with_a_password_is_refused_with_the_way_out():
    content = bytearray(a_zip({"a.csv": b"text"}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(SourceError, match="protected by a password"):
        open_archive(bytes(content), "x.zip")
