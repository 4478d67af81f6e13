"""What the account was asked: requests against the limits, the last ones, and the faults that are on order."""

from __future__ import annotations

from itertools import islice

from hubspot_simulator.account import Account
from hubspot_simulator.faults import Fault, FaultKind
from hubspot_simulator.front.chart import WINDOW, chart, series
from hubspot_simulator.front.document import number, table
from hubspot_simulator.front.markup import Markup, joined, tag
from hubspot_simulator.limits import LANE_SECONDS, Lane
from hubspot_simulator.request_log import RequestRecord

LAST_REQUESTS = 15


def requests_section(account: Account) -> Markup:
    """Show the requests of the last minutes against the limit, and what is left of each limit."""
    counts = series(account.requests.newest(), account.clock.monotonic())
    key = tag(
        "p",
        tag("span", "", class_="swatch used"),
        f"granted in the {WINDOW} s before",
        tag("span", "", class_="swatch refused"),
        "refused with 429",
        class_="key soft",
    )
    heading = tag("div", tag("h2", "Requests"), key, class_="heading")
    return tag("section", heading, chart(counts, account.limits.limit(Lane.BURST)), _facts(account))


def _facts(account: Account) -> Markup:
    limits = account.limits
    resets = f"{limits.resets_at():%H:%M} {limits.zone.key}"
    facts = [_fact(f"In the last {_seconds(lane)}, {words}", *_used(account, lane)) for lane, words in LANE_WORDS]
    most = account.requests.most_in_a_window(Lane.BURST)
    facts.append(_fact(f"Most in any {WINDOW} s", most, limits.limit(Lane.BURST)))
    facts.append(_fact(f"Today, until {resets}", limits.used_today, limits.per_day))
    return tag("dl", *facts, class_="facts")


LANE_WORDS = ((Lane.BURST, "burst"), (Lane.ASSOCIATIONS, "associations"), (Lane.SEARCH, "search"))


def _seconds(lane: Lane) -> str:
    return "second" if LANE_SECONDS[lane] == 1 else f"{LANE_SECONDS[lane]:.0f} s"


def _used(account: Account, lane: Lane) -> tuple[int, int]:
    """Count what was granted in the lane's window up to now, beside its limit."""
    since = account.clock.monotonic() - LANE_SECONDS[lane]
    used = 0
    for record in account.requests.newest():
        if record.at <= since:
            break
        used += record.granted and record.lane is lane
    return used, account.limits.limit(lane)


def _fact(words: str, used: int, limit: int) -> Markup:
    share = 100 * min(1.0, used / limit) if limit else 100
    bar = tag("rect", width=f"{share:.1f}%", height="100%")
    value = tag("dd", tag("b", number(used)), tag("span", f" of {number(limit)}", class_="soft"))
    return tag("div", tag("dt", words), value, tag("svg", bar, class_="meter", aria_hidden="true"))


def last_requests_section(account: Account) -> Markup:
    """List the last requests, and count all of them by status."""
    heading = tag("h2", "Last requests ", tag("span", f"of {number(len(account.requests))}", class_="soft"))
    by_status = account.requests.by_status().items()
    counted = tag("p", *(_counted(int(status), count) for status, count in by_status), class_="counted")
    heads = [tag("th", words, scope="col") for words in ("Status", "Operation", "Inputs", "Path")]
    rows = [_request_row(record) for record in islice(account.requests.newest(), LAST_REQUESTS)]
    listing = table(heads, rows, class_="requests") if rows else tag("p", "None yet.", class_="empty")
    return tag("section", tag("div", heading, counted, class_="heading"), listing)


def _counted(status: int, count: int) -> Markup:
    return tag("span", _status(status), f" {number(count)}")


def _request_row(record: RequestRecord) -> Markup:
    path = joined(tag("span", record.method, class_="method"), " ", record.path)
    return tag(
        "tr",
        tag("td", _status(record.status)),
        tag("td", record.operation),
        tag("td", number(record.inputs) if record.inputs else "", class_="n"),
        tag("td", path, class_="path"),
    )


def _status(status: int) -> Markup:
    mood = "mixed" if status in {207, 429} else "fine" if 200 <= status < 300 else "wrong"
    return tag("span", str(status) if status else "dropped", class_=f"status {mood}")


def faults_section(faults: tuple[Fault, ...]) -> Markup | None:
    """List the faults that are on order, if there are any."""
    if not faults:
        return None
    return tag("section", tag("h2", "Faults on order"), tag("ul", *(tag("li", _order(fault)) for fault in faults)))


def _order(fault: Fault) -> str:
    what = str(fault.status) if fault.kind is FaultKind.ANSWER else str(fault.kind)
    left = "" if fault.count is None else f"the next {number(fault.count)}"
    which = (left or "all") if fault.share >= 1 else ", ".join(filter(None, (f"{fault.share:.0%}", left)))
    where = f", path with {fault.path_contains}" if fault.path_contains else ""
    when = ", after taking effect" if fault.after_commit else ""
    return f"{what} for {which} of {fault.method or 'any method'} {fault.operation}{where}{when}"
