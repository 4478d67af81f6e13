"""The owners API."""

from __future__ import annotations

from collections.abc import Callable

from hubspot_simulator import errors
from hubspot_simulator.endpoints import Area, Call, Endpoint
from hubspot_simulator.replies import JsonObject, Reply


def list_owners(call: Call) -> Reply:
    """List owners, 100 a page; by e-mail when asked, archived ones only when asked."""
    limit = call.limit(100, 500)
    archived = call.asks("archived")
    email, after = call.query.get("email"), call.after()
    found = [
        owner
        for owner in call.account.owners
        if owner.archived is archived
        and (email is None or email.lower() == owner.email.lower())
        and int(owner.id) > after
    ]
    body: JsonObject = {"results": [owner.body() for owner in found[:limit]]}
    if len(found) > limit:
        body["paging"] = {"next": {"after": found[limit - 1].id}}
    return Reply(status=200, body=body)


def read_owner(call: Call) -> Reply:
    """Read one owner by its id, or by the id of its user (``idProperty=userId``)."""
    asked, by_user = call.path["owner_id"], call.query.get("idProperty") == "userId"
    archived = call.asks("archived")
    for owner in call.account.owners:
        if owner.archived is archived and asked == (str(owner.user_id) if by_user else owner.id):
            return Reply(status=200, body=owner.body())
    raise errors.refusal(404, f"Owner with ID {asked} does not exist", "OBJECT_NOT_FOUND")


def _endpoint(path: str, operation: str, answer: Callable[[Call], Reply]) -> Endpoint:
    return Endpoint(
        area=Area.OWNERS,
        method="GET",
        path=path,
        operation=f"owners.{operation}",
        answer=answer,
        scopes=lambda call: ["crm.objects.owners.read"],
    )


ENDPOINTS = (
    _endpoint("", "list", list_owners),
    _endpoint("/", "list", list_owners),  # HubSpot's own client spells it with the slash
    _endpoint("/{owner_id}", "read", read_owner),
)
