from __future__ import annotations

import pytest

from hubspot_import.errors import MappingError
from hubspot_import.mapping.loader import load_mapping, load_mappings, mapping_files
from hubspot_import.model import ObjectType
from support.sheets import SHIPPED_MAPPINGS

PLAIN = "object_type: contacts\nsource: contacts.csv\nkey: email\nproperties: {email: email}\n"


def refusal(folder, text: str, name: str = "contacts.yaml") -> str:
    (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(MappingError) as caught:
        load_mapping(folder / name)
    return str(caught.value)


def test_the_shipped_mappings_are_read_in_import_order():
    assert list(load_mappings(SHIPPED_MAPPINGS)) == [ObjectType.COMPANIES, ObjectType.CONTACTS, ObjectType.TICKETS]


def test_each_object_type_is_led_back_to_its_file():
    assert mapping_files(SHIPPED_MAPPINGS)[ObjectType.TICKETS] == SHIPPED_MAPPINGS / "tickets.yaml"


def test_an_absent_folder_is_named(tmp_path):
    with pytest.raises(MappingError, match="nowhere does not exist"):
        load_mappings(tmp_path / "nowhere")


def test_a_folder_without_mappings_is_refused(tmp_path):
    with pytest.raises(MappingError, match=r"holds no \.yaml file"):
        load_mappings(tmp_path)


def test_two_mappings_of_one_object_type_are_refused(tmp_path):
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(PLAIN, encoding="utf-8")
    with pytest.raises(MappingError, match="same object_type"):
        load_mappings(tmp_path)


def test_an_unknown_key_is_refused_with_the_valid_ones(tmp_path):
    message = refusal(tmp_path, PLAIN + "sorce: x\n")
    assert "contacts.yaml" in message
    assert "unknown key 'sorce'" in message
    assert "source" in message


def test_a_key_that_is_not_mapped_is_refused(tmp_path):
    assert "key 'mail' is not mapped" in refusal(tmp_path, PLAIN.replace("key: email", "key: mail"))


def test_broken_yaml_is_refused_with_its_place(tmp_path):
    assert "line 1" in refusal(tmp_path, "object_type: [contacts")
