"""Answers held against OpenAPI documents: what is a difference, which ones are meant, and that it would be seen."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hubspot_simulator.owners import DEFAULT_OWNERS
from hubspot_simulator.server import SimulatorServer
from support.answers import KNOWN, AnswerBook
from support.openapi import FOLDER, Documents
from support.simulator import Caller, a_contact

READ = "GET /things/{}"
THING = {
    "type": "object",
    "required": ["id"],
    "properties": {
        "id": {"type": "string"},
        "at": {"type": "string", "format": "date-time"},
        "note": {"type": "string", "nullable": True},
        "parts": {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}},
        "values": {"type": "object", "additionalProperties": {"type": "string"}},
    },
}
ERROR = {"type": "object", "required": ["message"], "properties": {"message": {"type": "string"}}}
needs_documents = pytest.mark.skipif(not FOLDER.is_dir(), reason=f"HubSpot's OpenAPI documents are not in {FOLDER}")


@pytest.fixture
def documents(tmp_path: Path) -> Documents:
    """One document with one operation."""
    responses: dict[str, Any] = {
        "200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}},
        "default": {"$ref": "#/components/responses/Error"},
    }
    components = {
        "schemas": {"Thing": THING, "Error": ERROR},
        "responses": {"Error": {"content": {"*/*": {"schema": {"$ref": "#/components/schemas/Error"}}}}},
    }
    body = {"paths": {"/things/{thingId}": {"get": {"responses": responses}}}, "components": components}
    (tmp_path / "things.json").write_text(json.dumps(body), encoding="utf-8")
    return Documents(tmp_path)


@pytest.mark.parametrize(
    ("status", "body", "found"),
    [
        (200, {"id": "1", "note": None, "values": {"a": "b"}, "at": "2026-11-24T10:00:00.000Z"}, []),
        (200, {}, ["200 body: missing field id"]),
        (200, {"id": 1}, ["200 id: type is not string"]),
        (200, {"id": "1", "colour": "red"}, ["200 body: unknown field colour"]),
        (200, {"id": "1", "parts": [{"id": "2"}, {"id": 3}]}, ["200 parts.*.id: type is not string"]),
        (200, {"id": "1", "at": "yesterday"}, ["200 at: format is not date-time"]),
        (200, {"id": "1", "values": {"a": None}}, ["200 values.a: type is not string"]),
        (200, "<html>", ["200 body: documented is JSON"]),
        (207, {"id": "1"}, ["207 status: documented is 200"]),
        (400, {"message": "no"}, []),
        (404, {}, ["404 body: missing field message"]),
    ],
)
def test_what_is_not_as_documented_is_a_difference(
    documents: Documents, status: int, body: object, found: list[str]
) -> None:
    assert [str(difference) for difference in documents.differences(READ, status, body)] == found


def test_a_path_is_known_whatever_its_parameters_are_called(documents: Documents) -> None:
    assert documents.operations == {READ}


@needs_documents
def test_answers_of_the_account_are_compared(caller: Caller, answers: AnswerBook) -> None:
    before = answers.compared["POST /crm/objects/2026-09/{}/batch/create"]
    caller.batch("contacts", "create", a_contact())
    assert answers.compared["POST /crm/objects/2026-09/{}/batch/create"] == before + 1
    assert answers.unexpected == []


@needs_documents
def test_an_older_path_is_held_against_the_newest_document(caller: Caller, answers: AnswerBook) -> None:
    before = answers.compared["POST /crm/objects/2026-09/{}/search"]
    caller.post("/crm/v3/objects/contacts/search", {})
    assert answers.compared["POST /crm/objects/2026-09/{}/search"] == before + 1


@needs_documents
def test_an_answer_that_is_not_as_documented_would_be_seen(
    server: SimulatorServer, caller: Caller, answers: AnswerBook
) -> None:
    wrong: Any = 7_000_000_001
    server.account.owners.append(replace(DEFAULT_OWNERS[0], id=wrong))
    caller.get("/crm/owners/2026-09")
    seen, answers.unexpected = answers.unexpected, []
    assert seen == ["2026-09 GET /crm/owners/2026-09 200 results.*.id: type is not string"]


def test_every_known_difference_names_its_source() -> None:
    assert all(len(reason) > 15 for reason in KNOWN.values())
