from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

import pytest

from hubspot_import.errors import SourceError
from hubspot_import.loading.stage import read_table, read_whole, run
from support.sheets import a_new_run


def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "contacts.csv")
    with pytest.raises(SourceError, match=r"contacts\.csv is no regular file"):
        read_table(tmp_path / "contacts.csv")


def test_a_device_is_refused():
    with pytest.raises(SourceError, match="/dev/zero is no regular file"):
        read_table(Path("/dev/zero"))


def test_a_pipe_in_the_source_folder_fails_the_run(tmp_path):
    folder = a_new_run(tmp_path, {})
    os.mkfifo(tmp_path / "source" / "contacts.csv")
    with pytest.raises(SourceError, match="no regular file"):
        run(folder)


def test_a_link_out_of_the_source_folder_fails_the_run(tmp_path):
    folder = a_new_run(tmp_path, {})
    (tmp_path / "secret.csv").write_text("email\na@example.com\n")
    (tmp_path / "source" / "contacts.csv").symlink_to(tmp_path / "secret.csv")
    with pytest.raises(SourceError, match="is a link out of its folder"):
        run(folder)


def test_a_link_within_the_source_folder_is_followed(tmp_path):
    folder = a_new_run(tmp_path, {"data": "email\na@example.com\n"})
    (tmp_path / "source" / "contacts.csv").symlink_to("data")
    assert run(folder).counts["contacts.rows_out"] == 1


def test_a_link_to_nothing_is_refused(tmp_path):
    (tmp_path / "contacts.csv").symlink_to(tmp_path / "gone")
    with pytest.raises(SourceError, match="cannot be read: No such file"):
        read_whole(tmp_path / "contacts.csv", within=tmp_path)


@pytest.mark.parametrize("change", [b"a,b\n1,2\n3,4\n", b"a\n", b"x,b\n1,2\n"])
def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path, change):
    path = tmp_path / "contacts.csv"
    path.write_bytes(b"a,b\n1,2\n")
    os.utime(path, (0, 0))

    def read(file: BinaryIO) -> bytes:
        content = file.read()
        path.write_bytes(change)
        return content

    with pytest.raises(SourceError, match="changed while it was read; run again"):
        read_whole(path, read=read)
