"""Pipelines, owners, and what the account says of itself."""

from __future__ import annotations

from datetime import timedelta

from hubspot_simulator import errors
from hubspot_simulator.clock import iso
from hubspot_simulator.endpoints import Area, Call, Endpoint, reads
from hubspot_simulator.replies import JsonObject, Reply
from hubspot_simulator.system_properties import APP_ID


def list_pipelines(call: Call) -> Reply:
    """List the pipelines of an object type with their stages."""
    pipelines = call.account.pipelines.get(call.kind.name, [])
    results = [pipeline.body(position) for position, pipeline in enumerate(pipelines)]
    return Reply(status=200, body={"results": results})


def list_owners(call: Call) -> Reply:
    """List owners, 100 a page; by e-mail when asked."""
    limit = call.limit(100, 500)
    archived = call.query.get("archived") == "true"
    email, after = call.query.get("email"), call.after()
    found = [
        owner
        for owner in call.account.owners
        if owner.archived is archived and email in (None, owner.email) and int(owner.id) > after
    ]
    body: JsonObject = {"results": [owner.body() for owner in found[:limit]]}
    if len(found) > limit:
        body["paging"] = {"next": {"after": found[limit - 1].id}}
    return Reply(status=200, body=body)


def details(call: Call) -> Reply:
    """Say which account this is."""
    body: JsonObject = {
        "portalId": call.account.portal_id,
        "accountType": "STANDARD",
        "timeZone": "Etc/UTC",
        "companyCurrency": "USD",
        "additionalCurrencies": [],
        "utcOffset": "+00:00",
        "utcOffsetMilliseconds": 0,
        "uiDomain": "app.hubspot.com",
        "dataHostingLocation": "na1",
    }
    return Reply(status=200, body=body)


def daily_usage(call: Call) -> Reply:
    """Say how much of today's quota is used, and when it begins anew."""
    now = call.account.clock.now()
    midnight = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    usage: JsonObject = {
        "name": "private-apps-api-calls-daily",
        "usageLimit": call.account.limits.per_day,
        "currentUsage": call.account.limits.used_today,
        "collectedAt": iso(now),
        "fetchStatus": "SUCCESS",
        "resetsAt": iso(midnight),
    }
    return Reply(status=200, body={"results": [usage]})


def token_info(call: Call) -> Reply:
    """Say whose token this is and what it may do."""
    if not isinstance(call.body, dict) or call.body.get("tokenKey") != call.account.token:
        raise errors.not_authenticated()
    body: JsonObject = {
        "userId": 501,
        "hubId": call.account.portal_id,
        "appId": int(APP_ID),
        "scopes": sorted(call.account.scopes),
    }
    return Reply(status=200, body=body)


def _owners(path: str) -> Endpoint:
    return Endpoint(
        area=Area.OWNERS,
        method="GET",
        path=path,
        operation="owners.list",
        answer=list_owners,
        scopes=lambda call: ["crm.objects.owners.read"],
    )


ENDPOINTS = (
    Endpoint(
        area=Area.PIPELINES,
        method="GET",
        path="/{object_type}",
        operation="pipelines.list",
        answer=list_pipelines,
        scopes=reads,
    ),
    _owners(""),
    _owners("/"),  # HubSpot's own client spells it with the slash
    Endpoint(area=Area.ACCOUNT, method="GET", path="/details", operation="account.details", answer=details),
    Endpoint(
        area=Area.ACCOUNT,
        method="GET",
        path="/api-usage/daily/private-apps",
        operation="account.usage",
        answer=daily_usage,
    ),
    Endpoint(
        area=Area.OAUTH,
        method="POST",
        path="/private-apps/get/access-token-info",
        operation="token.read",
        answer=token_info,
        is_open=True,
    ),
)
