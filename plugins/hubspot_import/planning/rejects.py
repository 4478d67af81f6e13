"""Rows held back after they were planned; and when so many are that the file, not the rows, is wrong."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from hubspot_import.errors import TooManyRejectsError
from hubspot_import.model import ObjectType, PlanAction

JUDGED_FROM_ROWS = 50
"""Fewer rows are too few to speak of a share, unless all are held back."""


def check_reject_rate(object_type: ObjectType, *, rows: int, rejected: int, limit: float) -> None:
    """Raise TooManyRejectsError when more than ``limit`` of an object type's rows are held back, or all of them."""
    if rows == 0 or rejected == 0:
        return
    is_over = rows >= JUDGED_FROM_ROWS and rejected / rows > limit
    if is_over or rejected >= rows:
        raise TooManyRejectsError(
            f"{object_type}: {rejected} of {rows} rows are held back ({rejected / rows:.0%}, max_reject_rate is "
            f"{limit:.0%}); nothing was written. The report lists them by fault: correct the file or its mapping, "
            "then run again."
        )


def held_back(plan: pd.DataFrame, reasons: Mapping[int, str]) -> pd.DataFrame:
    """Turn rows of a plan (all of tables.PLAN's columns, or some) into rejects: nothing of them is sent."""
    is_held = plan["row"].isin(list(reasons))
    if not is_held.any():
        return plan
    values = {"action": str(PlanAction.REJECT), "properties": "{}", "replaced": "{}"}
    changed = {name: plan[name].mask(is_held, value) for name, value in values.items() if name in plan}
    if "reason" in plan:
        changed["reason"] = plan["reason"].astype(object).mask(is_held, plan["row"].map(reasons))
    return plan.assign(**changed)


def rejected_rows(plan: pd.DataFrame) -> dict[int, str]:
    """Lead from the rows a plan holds back to the reason."""
    rejected = plan[plan["action"] == PlanAction.REJECT]
    return dict(zip(rejected["row"].tolist(), rejected["reason"].fillna(""), strict=True))
