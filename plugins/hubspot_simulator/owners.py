"""The people records may be assigned to."""

from __future__ import annotations

from dataclasses import dataclass

from hubspot_simulator.replies import JsonObject

JOINED = "2024-01-08T09:00:00.000Z"


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """An owner. An archived one no longer has a user id."""

    id: str
    email: str
    first_name: str
    last_name: str
    user_id: int
    archived: bool = False

    def body(self) -> JsonObject:
        """Answer the owner as the owners API does."""
        body: JsonObject = {
            "id": self.id,
            "email": self.email,
            "type": "PERSON",
            "firstName": self.first_name,
            "lastName": self.last_name,
            "userIdIncludingInactive": self.user_id,
            "createdAt": JOINED,
            "updatedAt": JOINED,
            "archived": self.archived,
            "teams": [],
        }
        return body if self.archived else body | {"userId": self.user_id}


DEFAULT_OWNERS = (
    Owner(id="70001", email="amina.diallo@hubspot.example.com", first_name="Amina", last_name="Diallo", user_id=501),
    Owner(id="70002", email="jonas.weber@hubspot.example.com", first_name="Jonas", last_name="Weber", user_id=502),
    Owner(
        id="70003",
        email="former.owner@hubspot.example.com",
        first_name="Former",
        last_name="Owner",
        user_id=503,
        archived=True,
    ),
)
