"""HubSpot's own OpenAPI documents: what an answer has to look like, and where ours does not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker, ValidationError

PROJECT = Path(__file__).resolve().parents[2]
FOLDER = PROJECT.parent / "shared" / "hubspot" / "openapi"
FORMATS = FormatChecker(formats=())


@FORMATS.checks("date-time", raises=ValueError)
def _is_moment(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


@FORMATS.checks("uuid")
def _is_uuid(value: object) -> bool:
    return not isinstance(value, str) or re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", value) is not None


def nameless(path: str) -> str:
    """A path whose parameters have no names (everybody calls them differently), without a slash at its end."""
    return re.sub(r"\{[^}]*\}", "{}", path).rstrip("/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One way in which an answer is not what the document says: at a place in the body, what is the matter."""

    status: int
    place: str
    what: str

    def __str__(self) -> str:
        return f"{self.status} {self.place}: {self.what}"


class Documents:
    """The operations of all documents. Objects are closed: a field the document does not know is a difference."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._operations: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {}
        for file in sorted(folder.glob("*.json")):
            document = json.loads(file.read_text(encoding="utf-8"))
            for path, methods in document["paths"].items():
                for method, operation in methods.items():
                    self._operations[f"{method.upper()} {nameless(path)}"] = (operation["responses"], document)
        self._validators: dict[tuple[str, str], Draft202012Validator | None] = {}

    @property
    def operations(self) -> frozenset[str]:
        """Every method and path there is."""
        return frozenset(self._operations)

    def differences(self, operation: str, status: int, body: object) -> Iterator[Difference]:
        """Compare a body with the schema of its status; an undocumented success is compared with the documented one."""
        documented = self._operations[operation][0]
        success = min(name for name in documented if name.startswith("2"))
        name = "default" if status >= 400 else str(status) if str(status) in documented else success
        if status < 400 and name != str(status):
            yield Difference(status=status, place="status", what=f"documented is {success}")
        validator = self._validator(operation, name)
        if validator is None:
            if body is not None:
                yield Difference(status=status, place="body", what="documented is none")
        elif not isinstance(body, dict):
            yield Difference(status=status, place="body", what="documented is JSON")
        else:
            for error in validator.iter_errors(body):
                yield from _told(status, error)

    def _validator(self, operation: str, status: str) -> Draft202012Validator | None:
        if (operation, status) not in self._validators:
            self._validators[operation, status] = self._built(operation, status)
        return self._validators[operation, status]

    def _built(self, operation: str, status: str) -> Draft202012Validator | None:
        responses, document = self._operations[operation]
        response = responses[status]
        if "$ref" in response:
            response = document["components"]["responses"][response["$ref"].rpartition("/")[2]]
        content = next(iter(response.get("content", {}).values()), None)
        if content is None:
            return None
        schema = {"components": {"schemas": document["components"]["schemas"]}, "root": content["schema"]}
        return Draft202012Validator({**converted(schema), "$ref": "#/root"}, format_checker=FORMATS)


def converted(node: Any) -> Any:
    """Turn OpenAPI 3.0 into JSON Schema: nullable types, closed objects, nothing that only explains."""
    if isinstance(node, list):
        return [converted(item) for item in node]
    if not isinstance(node, dict):
        return node
    found = {key: converted(value) for key, value in node.items() if key != "example"}
    if found.pop("nullable", None) is True and isinstance(found.get("type"), str):
        found["type"] = [found["type"], "null"]
    if found.get("type") == "object" and found.get("properties"):
        found.setdefault("additionalProperties", False)
    return found


def _told(status: int, error: ValidationError) -> Iterator[Difference]:
    place = ".".join("*" if isinstance(step, int) else str(step) for step in error.absolute_path)
    for what in _faults(error):
        yield Difference(status=status, place=place or "body", what=what)


def _faults(error: ValidationError) -> list[str]:
    if error.validator == "additionalProperties" and error.validator_value is False:
        return [f"unknown field {name}" for name in error.instance if name not in error.schema["properties"]]
    if error.validator == "required":
        return [f"missing field {name}" for name in error.validator_value if name not in error.instance]
    return [f"{error.validator} is not {error.validator_value}"]
