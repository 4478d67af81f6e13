"""Rows, findings and readers for tests of a run's report."""

from __future__ import annotations

import csv
import io
from typing import Any

from hubspot_import.findings import CATALOGUE, Code
from hubspot_import.model import Finding, ObjectType
from hubspot_import.reporting.stage import run
from support.run_folders import RunFolderBuilder

CONTACTS, COMPANIES, TICKETS = ObjectType.CONTACTS, ObjectType.COMPANIES, ObjectType.TICKETS
SCRIPT = "<script>alert('x')</script>"
FORMULA = "=cmd|' /C calc'!A0"
TEXT = "My router burns.\nCall me on the number you have."


def contact_rows(count: int) -> list[dict[str, str | None]]:
    return [{"phone": "+33145678901", "email": f"p{n}@firm.example.com", "firstname": "Ana"} for n in range(count)]


def ticket_rows(count: int) -> list[dict[str, str | None]]:
    return [{"ticket_id": str(n), "subject": "Router on fire", "content": TEXT} for n in range(count)]


def a_finding(code: Code, object_type: ObjectType, row: int | None, column: str | None, **more: Any) -> Finding:
    words = {"severity": CATALOGUE[code].severity, "message": f"{column} is wrong.", "fix": "Mend it.", **more}
    return Finding(code=code, object_type=object_type, row=row, line=row, column=column, **words)


def invalid_email(row: int, value: str = "nobody", **more: Any) -> Finding:
    return a_finding(
        Code.INVALID_EMAIL, CONTACTS, row, "email", value=value, message=f"'{value}' is not an address.", **more
    )


def reported(build: RunFolderBuilder) -> dict[str, Any]:
    run(build.folder)
    return build.report()


def text_of(build: RunFolderBuilder, name: str) -> str:
    return (build.folder.report / name).read_text(encoding="utf-8-sig")


def cells_of(build: RunFolderBuilder, name: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text_of(build, name))))


def result_of(build: RunFolderBuilder, row: int) -> dict[str, str]:
    return next(line for line in csv.DictReader(io.StringIO(text_of(build, "results.csv"))) if line["row"] == str(row))
