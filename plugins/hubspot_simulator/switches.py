"""How strict and how fast the account is: every behaviour HubSpot's documents leave open is a switch here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Switches:
    """One account's settings. The limits' defaults are those of a Free or Starter account (hubspot-api.md §10)."""

    limit_per_10s: int = 100
    limit_per_day: int = 250_000
    associations_per_10s: int | None = None
    """What association endpoints take per 10 seconds, apart from all others; as many as the others when None."""
    searches_per_second: int = 5
    time_zone: str = "Etc/UTC"
    """The account's zone (tz database): the day's quota begins anew at its midnight."""
    latency_ms: float = 0.0
    """What a request takes, whatever is in it."""
    latency_per_record_ms: float = 0.0
    """What each input of a batch adds."""
    latency_jitter: float = 0.0
    """Spread of the latency: sigma of a log-normal factor with median 1 (0: none; 0.3: one in six takes 1.35 times)."""
    shuffle: bool = True
    """Answer batches out of order, as HubSpot was recorded to do."""
    seed: int = 0
    echo_trace_ids: bool = False
    """Name ``objectWriteTraceId`` on written records too; recordings have it on errors only."""
    tickets_need_stage: bool = True
    """Require ``hs_pipeline_stage`` on a new ticket (documented; a newer report says the first stage is taken)."""
    email_upsert_replaces: bool = False
    """Blank what an upsert by e-mail leaves out (documented: partial upserts by e-mail are not supported)."""
    keeps_lifecycle_forward: bool = False
    """Take no lifecycle stage before the present one (old documentation; others report that any value is taken)."""
    repeated_address_refuses_batch: bool = False
    """Refuse a create that brings one address twice as a whole, traced or not; else the second one is a conflict."""
    archived_address_is_taken: bool = False
    """Refuse a new contact with the address of an archived one; else it is free again (neither has a source)."""
    traced_is_multistatus: bool = False
    """Answer 207 with no error when every input has a trace id and all went well (mocked by rudder-transformer)."""
    drops_malformed: bool = False
    """Leave out inputs of the wrong shape without a word: a 2xx that accounts for fewer than were sent (reported)."""
    not_found_as_json: bool = False
    """Answer a single read of nothing in JSON, as some captures do; others have a web page."""
    names_search_policy: bool = True
    """Name the policy in the 429 of a search, as captures of 2026 do; one of 2022 has a category instead."""
    links_per_record: int = 50_000
    """To how many records of one object type a record may be linked (the number differs by account; reported)."""
    labels_per_pair: int = 10
    """How many labels of its own an account may give a pair of object types (Free; 50 in the paid ones)."""
    auto_associate_companies: bool = False
    """Link a new contact to the company its e-mail domain names, and make that company when there is none."""
    search_lag_seconds: float = 0.0
    """How far search is behind: what was created, changed or archived shows up in it after so long."""
    check_invariants: bool = False
    """Look after every request whether the account is consistent (``Account.broken``): for tests, it takes time."""
