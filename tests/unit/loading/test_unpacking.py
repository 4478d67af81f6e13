from __future__ import annotations

import gzip
import io
import zipfile

import pytest

from hubspot_import.errors import SourceError
from hubspot_import.loading.formats import Wish, read_source
from hubspot_import.loading.unpacking import (
    ALWAYS_FINE_BYTES,
    MAX_UNPACKED_BYTES,
    check_size,
    open_archive,
    unpack_gzip,
)
from support.workbooks import a_workbook

TEXT = b"a,b\n1,2\n"


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


@pytest.mark.parametrize(
    "packed",
    [
        gzip.compress(TEXT),
        gzip.compress(TEXT[:5]) + gzip.compress(TEXT[5:]),
        a_zip({"export.csv": TEXT}),
        a_zip({"export.csv": TEXT, "__MACOSX/._export.csv": b"x", ".DS_Store": b"y"}),
        gzip.compress(a_workbook({"S": [["a", "b"], [1, 2]]})),
        a_zip({"export.xlsx": a_workbook({"S": [["a", "b"], [1, 2]]})}),
    ],
)
def test_a_packed_table_is_read_like_the_table(packed):
    rows = read_source(packed, "a.csv.gz", Wish()).rows
    assert (list(rows.columns), rows.to_numpy().tolist()) == (["a", "b"], [["1", "2"]])


def test_an_archive_of_several_files_is_refused_with_their_names():
    with pytest.raises(SourceError, match=r"must hold one file and holds 2: a\.csv, b\.csv; put each"):
        read_source(a_zip({"a.csv": TEXT, "b.csv": TEXT}), "a.zip", Wish())


def test_an_empty_archive_is_refused():
    with pytest.raises(SourceError, match="must hold one file and holds 0"):
        read_source(a_zip({"folder/": b""}), "a.zip", Wish())


@pytest.mark.parametrize("packed", [gzip.compress(gzip.compress(TEXT)), a_zip({"a.zip": a_zip({"a.csv": TEXT})})])
def test_what_is_packed_twice_is_refused(packed):
    with pytest.raises(SourceError, match="packed twice"):
        read_source(packed, "a.zip", Wish())


def test_a_gzip_bomb_is_refused():
    with pytest.raises(SourceError, match=r"a\.gz unpacks to more than 200 times its size"):
        unpack_gzip(gzip.compress(bytes(ALWAYS_FINE_BYTES + 1)), "a.gz")


@pytest.mark.parametrize("content", [gzip.compress(TEXT)[:-3], gzip.compress(TEXT) + b"tail", b"\x1f\x8bnonsense"])
def test_a_damaged_gzip_file_is_refused(content):
    with pytest.raises(SourceError, match=r"a\.gz is damaged"):
        unpack_gzip(content, "a.gz")
