"""Link candidates against plan and account: which pairs are to be made, and which stand already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

import pandas as pd

from hubspot_import.client.wire import LinkTypes
from hubspot_import.findings import Code, finding
from hubspot_import.link_types import LABEL_TYPES
from hubspot_import.model import Finding, PlanAction, Severity
from hubspot_import.planning.link_labels import Pair, StandingLinks, WantedTypes, as_text, chosen_types
from hubspot_import.same_text import same_text
from hubspot_import.tables import LINK_PLAN

CREATE, UNCHANGED = "create", "unchanged"
_SETTLED = [PlanAction.CREATE, PlanAction.UPDATE, PlanAction.UNCHANGED]


def open_values(candidates: pd.DataFrame, from_plan: pd.DataFrame) -> dict[str, list[str]]:
    """Say what has to be looked for in the account: by property, the values of candidates without a row."""
    wanted = candidates[candidates["to_row"].isna() & candidates["from_row"].isin(_written(from_plan))]
    return {
        str(name): list(dict.fromkeys(values.map(same_text)))
        for name, values in wanted.groupby("match_property")["match_value"]
    }


def find_ends(
    candidates: pd.DataFrame,
    from_plan: pd.DataFrame,
    to_plan: pd.DataFrame,
    answers: Mapping[str, Mapping[str, Sequence[str]]],
) -> pd.DataFrame:
    """Give candidates their record ids where they are known, and drop those with an end this run leaves alone.

    ``from_plan`` and ``to_plan`` have PLAN's row, action and record_id; ``answers`` leads from property and value to
    the ids the account has. Adds the columns from_id, to_id, to_action and ``found`` (how many records fit).
    """
    frame = candidates[candidates["from_row"].isin(_written(from_plan))].copy()
    ids, to_rows = from_plan.set_index("row")["record_id"], to_plan.set_index("row")
    frame["to_row"] = frame["to_row"].astype("Int64")
    frame["from_id"] = _of_rows(frame["from_row"], ids)
    found = [
        [] if pd.isna(name) else list(answers.get(name, {}).get(same_text(value), ()))
        for name, value in zip(frame["match_property"], frame["match_value"], strict=True)
    ]
    looked_up = pd.Series([ids[0] if len(ids) == 1 else None for ids in found], index=frame.index, dtype="str")
    frame["to_id"] = _of_rows(frame["to_row"], to_rows["record_id"]).fillna(looked_up)
    frame["found"] = [tuple(ids) for ids in found]
    to_action = _of_rows(frame["to_row"], to_rows["action"])
    is_left_out = (to_action == PlanAction.SKIP) & frame["to_id"].isna()
    return frame.assign(to_action=to_action)[~is_left_out]


def link_findings(
    frame: pd.DataFrame,
    pair: Pair,
    lines: Mapping[int, int],
    columns: Mapping[int, str],
    *,
    is_required: bool = False,
) -> Iterator[Finding]:
    """Warn of each candidate that leads nowhere, or to several records. ``columns``: row → the column it came from.

    Where the mapping says so (``is_required``) these are errors, and so is an end that is held back itself.
    """
    from_type, to_type = pair
    for row, value, found in _lost(frame, is_required=is_required):
        say = partial(
            finding, object_type=from_type, row=row, line=lines.get(row), column=columns.get(row), value=value
        )
        if found:
            severity = Severity.ERROR if is_required else Severity.WARNING
            yield say(Code.AMBIGUOUS_RECORD, severity=severity, candidates=", ".join(found))
        else:
            code = Code.REQUIRED_RECORD_NOT_FOUND if is_required else Code.ASSOCIATION_RECORD_NOT_FOUND
            yield say(code, to_type=to_type, target=to_type.singular)


def _lost(frame: pd.DataFrame, *, is_required: bool) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """The candidates without a record: row, the value (or row) that was to be linked, the several ids that fit."""
    is_lost = frame["to_row"].isna() & frame["to_id"].isna()
    if is_required:
        is_lost |= frame["to_id"].isna() & (frame["to_action"] == PlanAction.REJECT)
    lost = frame[is_lost]
    values = lost["match_value"].fillna("row " + lost["to_row"].astype("str"))
    yield from zip(lost["from_row"].tolist(), values, lost["found"], strict=True)


def ends_through(first: pd.DataFrame, onward: StandingLinks, way: Pair) -> pd.DataFrame:
    """Lead from ``first`` (ends of links to records of the account) to their own primary, or only, record of a type."""
    primary = LABEL_TYPES[way].primary
    led = {middle: _main_one(targets, primary) for middle, targets in onward.items()}
    to_id = pd.Series([led.get(middle) for middle in first["to_id"]], index=first.index, dtype="str")
    evidence = f"{way[1].singular} of the {way[0].singular} in HubSpot"
    matched_by = f"{way[0].singular}_{way[1].singular}"
    led_on = first.assign(to_id=to_id, matched_by=matched_by, evidence=evidence)
    return led_on[to_id.notna()]


def _main_one(targets: Mapping[str, LinkTypes], primary: int | None) -> str | None:
    named = [to_id for to_id, types in targets.items() if primary in {each.type_id for each in types}]
    found = named or list(targets)
    return found[0] if len(found) == 1 else None


def of_written(frame: pd.DataFrame, from_plan: pd.DataFrame) -> pd.DataFrame:
    """The ends whose record is, after all, written by this run or found as it should be."""
    return frame[frame["from_row"].isin(_written(from_plan))]


def value_sources(frame: pd.DataFrame, mined: pd.DataFrame, columns: Mapping[str, str]) -> dict[int, str]:
    """Say for each candidate with a mined value in which column of the file it stands: row → column."""
    places = {
        (row, same_text(value)): columns.get(column, column)
        for row, column, value in mined[["row", "column", "value"]].itertuples(index=False, name=None)
    }
    mined_from = {
        row: places.get((row, same_text(value)))
        for row, value in zip(frame["from_row"].tolist(), frame["match_value"], strict=True)
        if isinstance(value, str)
    }
    return {row: column for row, column in mined_from.items() if column is not None}


def plan_links(frame: pd.DataFrame, standing: StandingLinks, wanted: WantedTypes) -> pd.DataFrame:
    """Make the plan of one kind of link (columns of tables.LINK_PLAN): each pair once, the surest match."""
    known = frame[frame["to_row"].notna() | frame["to_id"].notna()]
    known = known.sort_values("confidence", ascending=False, kind="stable")
    from_end = known["from_id"].fillna("row " + known["from_row"].astype("str"))
    to_end = known["to_id"].fillna("row " + known["to_row"].astype("str"))
    known = known.assign(from_end=from_end)[~pd.DataFrame({"from": from_end, "to": to_end}).duplicated()].sort_index()
    ids = (known[name].astype(object).where(known[name].notna(), None) for name in ("from_id", "to_id"))
    chosen = list(chosen_types(zip(known["from_end"], *ids, strict=True), standing, wanted))
    return known.assign(
        action=[UNCHANGED if is_standing else CREATE for _, is_standing in chosen],
        types=[as_text(types) for types, _ in chosen],
    )[list(LINK_PLAN.names)]


def ids_to_read(frame: pd.DataFrame, wanted: WantedTypes) -> list[str]:
    """The ids of records whose links have to be read: both ends stand, or the record may have a primary link."""
    has_target = frame["to_id"].notna() | ((wanted.primary is not None) & frame["to_row"].notna())
    return list(dict.fromkeys(frame.loc[frame["from_id"].notna() & has_target, "from_id"]))


def _of_rows(rows: pd.Series, values: pd.Series) -> pd.Series:
    """Each row's text; null where the row is null or has none. ``values`` is indexed by row."""
    known = values.dropna().to_dict()
    return pd.Series([known.get(row) for row in rows], index=rows.index, dtype="str")


def _written(plan: pd.DataFrame) -> pd.Series:
    """The rows this run puts into the account, or finds there as they should be."""
    return plan.loc[plan["action"].isin(_SETTLED), "row"]
