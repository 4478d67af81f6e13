"""The budget of several machines: grants in Redis, changed by one script that runs atomically on Redis's own clock."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import redis

from hubspot_import.client.windows import MARGIN_SECONDS, Window
from hubspot_import.errors import HubSpotUnavailableError

_COMMON = """
local time = redis.call('TIME')
local now = tonumber(time[1]) + tonumber(time[2]) / 1000000
local margin = tonumber(ARGV[1])
local state = cjson.decode(redis.call('GET', KEYS[1]) or '{}')
local function lane(name, seconds)
  local found = state[name] or {taken = {}, closed_until = 0}
  local kept = {}
  for _, moment in ipairs(found.taken) do
    if moment > now - 2 * seconds - margin then kept[#kept + 1] = moment end
  end
  found.taken = kept
  state[name] = found
  return found
end
local function save()
  redis.call('SET', KEYS[1], cjson.encode(state), 'EX', 300)
end
"""
RESERVE = (
    _COMMON
    + """
local at = now
local asked = cjson.decode(ARGV[2])
for name, window in pairs(asked) do
  local grants = lane(name, window.seconds)
  local taken = grants.taken
  at = math.max(at, grants.closed_until)
  if #taken > 0 and window.spacing > 0 then at = math.max(at, taken[#taken] + window.spacing) end
  if #taken >= window.limit then
    at = math.max(at, taken[#taken - window.limit + 1] + window.seconds + margin)
  end
end
for name, _ in pairs(asked) do
  local taken = state[name].taken
  taken[#taken + 1] = at
end
save()
return tostring(at - now)
"""
)
NOTE_SPENT = (
    _COMMON
    + """
local seconds, spent, since = tonumber(ARGV[3]), tonumber(ARGV[4]), now - tonumber(ARGV[5])
local grants = lane(ARGV[2], seconds)
local ours, before = 0, 0
for _, moment in ipairs(grants.taken) do
  if moment < now then before = before + 1 end
  if moment >= since - seconds - margin and moment <= now then ours = ours + 1 end
end
for _ = 1, spent - ours do table.insert(grants.taken, before + 1, now) end
save()
"""
)
CLOSE = (
    _COMMON
    + """
local grants = lane(ARGV[2], 60)
grants.closed_until = math.max(grants.closed_until, now + tonumber(ARGV[3]))
save()
"""
)


class RedisBudget:
    """The same arithmetic as ``windows.py``, inside Redis."""

    def __init__(self, url: str, name: str) -> None:
        self._key = name
        self._redis = redis.Redis.from_url(url, socket_timeout=5, socket_connect_timeout=5)
        self._scripts = {text: self._redis.register_script(text) for text in (RESERVE, NOTE_SPENT, CLOSE)}

    def reserve(self, lanes: Mapping[str, Window]) -> float:
        """Grant the next request in all these lanes; return the seconds to wait before sending it."""
        asked = {
            name: {"limit": window.limit, "seconds": window.seconds, "spacing": window.spacing}
            for name, window in lanes.items()
        }
        return float(self._run(RESERVE, json.dumps(asked)))

    def note_spent(self, lane: str, window: Window, *, spent: int, seconds_ago: float) -> None:
        """Take over how many requests the account counted when it answered one sent ``seconds_ago``."""
        self._run(NOTE_SPENT, lane, window.seconds, spent, seconds_ago)

    def close(self, lane: str, seconds: float) -> None:
        """Grant nothing in a lane for some seconds."""
        self._run(CLOSE, lane, seconds)

    def _run(self, text: str, *arguments: str | float) -> Any:
        try:
            return self._scripts[text](keys=[self._key], args=[MARGIN_SECONDS, *arguments])
        except redis.RedisError as error:
            # Its own text may hold the address with a password.
            raise HubSpotUnavailableError(
                "the Redis of HUBSPOT_RATE_LIMIT_URL, which keeps the rate limit, does not answer "
                f"({type(error).__name__})"
            ) from None
