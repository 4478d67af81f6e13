"""Holds every answer of the contract tests against HubSpot's documents; where recordings say otherwise, they win."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fnmatch import fnmatchcase

from hubspot_simulator.endpoints import PREFIXES, Endpoint
from hubspot_simulator.gateway import Served
from support.openapi import Documents, nameless

NEWEST = "2026-09"
KNOWN: Mapping[str, str] = {
    "* 4?? body: unknown field status": "every recorded error says status: error (ruby_hubspot_api, amp-labs)",
    "* 4?? body: missing field category": "recorded: 403 of properties, bad JSON, unknown types, the limits (§2, §10)",
    "* 429 body: unknown field errorType": "429 bodies of the usage guidelines and of captures (§10)",
    "* 429 body: unknown field policyName": "429 bodies of the usage guidelines and of captures (§10)",
    "* 429 body: unknown field groupName": "429 bodies of captures (§10)",
    "* 429 body: unknown field requestId": "429 bodies of the usage guidelines (§10)",
    "* /crm/objects/2026-09/{}/{} 404 body: documented is JSON": "recorded: a web page (ruby_hubspot_api)",
    "* 207 status: documented is 20?": "the object API guide documents multi-status, the snapshot left it out (§1.2)",
    "* 207 errors.*: missing field links": "entries of recorded 207 have no links (amp-labs)",
    "* 207 errors.*: missing field errors": "entries of recorded 207 have no errors of their own (amp-labs)",
    "* 207 errors.*.subCategory: type is not object": "recorded as text; the document has an object without fields",
    "* results.*.to.*.toObjectId: type is not string": "a live account sent a number (§6)",
    "* results.*.to.*.associationTypes.*.label: type is not string": "null without a label (associations guide)",
    "2026-09 * unknown field warnings": "changelog: write validation enforcement, younger than the snapshot (§1.2)",
    "v[34] * status: documented is 20?": "statuses of v3 and v4 (§1.2)",
    "2026-03 * status: documented is 20?": "statuses of 2026-03 (§1.2)",
    "v[34] * 204 body: documented is JSON": "v4 answers removals without a body (§1.2)",
}
"""Differences that are meant, as patterns over ``version method path status place: what``, each with its source.

§: hubspot-api.md, the notes the simulator was built from.
"""


class AnswerBook:
    """What was compared with the documents, and what differed."""

    def __init__(self, documents: Documents) -> None:
        self.documents = documents
        self.compared: Counter[str] = Counter()
        self.known: Counter[str] = Counter()
        self.unexpected: list[str] = []

    def look(self, endpoint: Endpoint, version: str, served: Served) -> None:
        """Compare one answer; one that failed by order is nobody's own, and some endpoints are in no document."""
        prefix = PREFIXES[endpoint.area].get(NEWEST, PREFIXES[endpoint.area][version])
        operation = f"{endpoint.method} {nameless(prefix + endpoint.path)}"
        if served.fault is not None or operation not in self.documents.operations:
            return
        self.compared[operation] += 1
        for difference in self.documents.differences(operation, served.reply.status, served.reply.body):
            self._enter(f"{version} {operation} {difference}")

    def _enter(self, difference: str) -> None:
        known = next((pattern for pattern in KNOWN if fnmatchcase(difference, pattern)), None)
        if known is None:
            self.unexpected.append(difference)
        else:
            self.known[known] += 1

    def summary(self) -> str:
        """Say how much was compared."""
        return (
            f"{sum(self.compared.values())} answers held against HubSpot's OpenAPI documents: {len(self.compared)} of "
            f"their {len(self.documents.operations)} operations, {len(self.known)} kinds of known differences, "
            f"{len(self.unexpected)} unexpected"
        )
