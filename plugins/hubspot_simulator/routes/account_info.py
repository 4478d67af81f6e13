"""What the account says of itself."""

from __future__ import annotations

from datetime import timedelta

from hubspot_simulator import errors
from hubspot_simulator.clock import iso
from hubspot_simulator.endpoints import Area, Call, Endpoint
from hubspot_simulator.replies import JsonObject, Reply
from hubspot_simulator.system_properties import APP_ID


def details(call: Call) -> Reply:
    """Say which account this is."""
    zone = call.account.limits.zone
    offset = call.account.clock.now().astimezone(zone).utcoffset() or timedelta()
    minutes = int(offset.total_seconds()) // 60
    sign, size = ("-" if minutes < 0 else "+"), abs(minutes)
    body: JsonObject = {
        "portalId": call.account.portal_id,
        "accountType": "STANDARD",
        "timeZone": zone.key,
        "companyCurrency": "USD",
        "additionalCurrencies": [],
        "utcOffset": f"{sign}{size // 60:02d}:{size % 60:02d}",
        "utcOffsetMilliseconds": minutes * 60_000,
        "uiDomain": "app.hubspot.com",
        "dataHostingLocation": "na1",
    }
    return Reply(status=200, body=body)


def daily_usage(call: Call) -> Reply:
    """Say how much of today's quota is used, and when it begins anew."""
    usage: JsonObject = {
        "name": "private-apps-api-calls-daily",
        "usageLimit": call.account.limits.per_day,
        "currentUsage": call.account.limits.used_today,
        "collectedAt": iso(call.account.clock.now()),
        "fetchStatus": "SUCCESS",
        "resetsAt": iso(call.account.limits.resets_at()),
    }
    return Reply(status=200, body={"results": [usage]})


def token_info(call: Call) -> Reply:
    """Say whose token this is and what it may do."""
    if not isinstance(call.body, dict) or call.body.get("tokenKey") not in call.account.tokens:
        raise errors.not_authenticated()
    body: JsonObject = {
        "userId": 501,
        "hubId": call.account.portal_id,
        "appId": int(APP_ID),
        "scopes": sorted(call.account.scopes),
    }
    return Reply(status=200, body=body)


ENDPOINTS = (
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
