"""Link candidates against plan and account: which pairs are to be made, and which stand already."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial

import pandas as pd

from hubspot_import.findings import Code, finding
from hubspot_import.model import Finding, ObjectType, PlanAction, Severity
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
    return frame[~is_left_out]


def link_findings(
    frame: pd.DataFrame,
    from_type: ObjectType,
    to_type: ObjectType,
    lines: Mapping[int, int],
    columns: Mapping[int, str],
) -> Iterator[Finding]:
    """Warn of each candidate that leads nowhere, or to several records. ``columns``: row → the column it came from."""
    lost = frame[frame["to_row"].isna() & frame["to_id"].isna()]
    for row, value, found in zip(lost["from_row"].tolist(), lost["match_value"], lost["found"], strict=True):
        say = partial(
            finding, object_type=from_type, row=row, line=lines.get(row), column=columns.get(row), value=value
        )
        if found:
            yield say(Code.AMBIGUOUS_RECORD, severity=Severity.WARNING, candidates=", ".join(found))
        else:
            yield say(Code.ASSOCIATION_RECORD_NOT_FOUND, to_type=to_type, target=to_type.singular)


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


def plan_links(frame: pd.DataFrame, standing: Collection[tuple[str, str]]) -> pd.DataFrame:
    """Make the plan of one kind of link (columns of tables.LINK_PLAN): each pair once, the surest match.

    ``standing`` are the pairs of ids that are linked already.
    """
    known = frame[frame["to_row"].notna() | frame["to_id"].notna()]
    known = known.sort_values("confidence", ascending=False, kind="stable")
    from_end = known["from_id"].fillna("row " + known["from_row"].astype("str"))
    to_end = known["to_id"].fillna("row " + known["to_row"].astype("str"))
    known = known[~pd.DataFrame({"from": from_end, "to": to_end}).duplicated()].sort_index()
    pairs = zip(known["from_id"], known["to_id"], strict=True)
    actions = [UNCHANGED if pair in standing else CREATE for pair in pairs]
    return known.assign(action=actions)[list(LINK_PLAN.names)]


def both_known(frame: pd.DataFrame) -> list[str]:
    """The ids of records whose links have to be read: those with a candidate whose two ends stand."""
    return list(dict.fromkeys(frame.loc[frame["from_id"].notna() & frame["to_id"].notna(), "from_id"]))


def _of_rows(rows: pd.Series, values: pd.Series) -> pd.Series:
    """Each row's text; null where the row is null or has none. ``values`` is indexed by row."""
    known = values.dropna().to_dict()
    return pd.Series([known.get(row) for row in rows], index=rows.index, dtype="str")


def _written(plan: pd.DataFrame) -> pd.Series:
    """The rows this run puts into the account, or finds there as they should be."""
    return plan.loc[plan["action"].isin(_SETTLED), "row"]
