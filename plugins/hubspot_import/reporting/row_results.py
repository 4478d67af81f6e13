"""results.csv and rejects/: for each row what became of it, and for each row held back what to do about it."""

from __future__ import annotations

import pandas as pd

from hubspot_import.model import ObjectType, Severity
from hubspot_import.reporting.cells import escape_formula, escape_formulas
from hubspot_import.reporting.ledger import RowOutcome
from hubspot_import.tables import REASON_COLUMNS

RESULT_COLUMNS = ("object_type", "row", "key", "hubspot_id", "outcome", "message")

NOT_SENT = "The record was never sent: the run stopped before its turn."
_FIX_NOT_SENT = "Run the import again; what is written already is not written twice."
_FIX_REFUSED = "Correct what HubSpot names and import this row again."


def row_results(
    object_type: ObjectType, ledger: pd.DataFrame, findings: pd.DataFrame, *, dry_run: bool
) -> pd.DataFrame:
    """Say in one line a row what became of it: RESULT_COLUMNS, every row of the ledger (its ``row`` index) in order.

    ``message`` joins the row's findings with what HubSpot said, or says why nothing was sent.
    """
    told = _joined(findings, "message").reindex(ledger.index)
    unsent = "Dry run: the plan is to " + ledger["action"] + " the record." if dry_run else NOT_SENT
    said = ledger["message"].mask(ledger["outcome"] == RowOutcome.NOT_SENT, unsent)
    is_said_by_finding = told.notna() & ledger["outcome"].isin([RowOutcome.REJECTED, RowOutcome.SKIPPED])
    message = _join_two(told, said.mask(is_said_by_finding))
    results = pd.DataFrame(
        {
            "object_type": str(object_type),
            "row": ledger.index.to_series(),
            "key": ledger["key"],
            "hubspot_id": ledger["record_id"],
            "outcome": ledger["outcome"],
            "message": message,
        }
    )
    return _escaped(results.sort_index(), ("key", "hubspot_id", "message"))


def reject_reasons(ledger: pd.DataFrame, findings: pd.DataFrame, *, dry_run: bool) -> pd.DataFrame:
    """Say why rows are in rejects/ and what to do: REASON_COLUMNS by row number.

    A row is there when it was held back, refused by HubSpot, or never sent; a dry run sends nothing, so there only what
    was held back counts.
    """
    wanted = [RowOutcome.REJECTED] if dry_run else [RowOutcome.REJECTED, RowOutcome.FAILED, RowOutcome.NOT_SENT]
    trouble = ledger[ledger["outcome"].isin(wanted) & ledger["is_source"]]
    errors = findings[findings["severity"] == Severity.ERROR]
    codes = _joined(errors, "code", ";").reindex(trouble.index)
    reasons = _joined(errors, "message").reindex(trouble.index)
    fixes = _joined(errors.assign(fix=with_suggestion(errors)), "fix").reindex(trouble.index)
    is_refused = trouble["outcome"] == RowOutcome.FAILED
    fallback_reason = trouble["message"].fillna(trouble["category"]).fillna(NOT_SENT)
    fallback_fix = is_refused.map({True: _FIX_REFUSED, False: _FIX_NOT_SENT}).astype("str")
    where = "Row " + trouble.index.astype("str").to_series(index=trouble.index) + ": "
    return pd.DataFrame(
        {
            "error_codes": codes.fillna(trouble["category"]).fillna(trouble["outcome"].str.upper()),
            "reasons": where + reasons.fillna(fallback_reason),
            "fixes": fixes.fillna(fallback_fix),
        }
    )


def rejected_rows(rows: pd.DataFrame, reasons: pd.DataFrame) -> pd.DataFrame:
    """Give rows (a part of ``rows``, ROW as index) that have reasons: the source's own columns in order, then why.

    Columns that an earlier report added are left out, so a corrected file can be rejected again.
    """
    kept = rows[rows.index.isin(reasons.index)]
    own = [column for column in kept.columns if column not in REASON_COLUMNS and not column.startswith("__")]
    table = kept[own].join(reasons)
    return _escaped(table, tuple(table.columns)).rename(columns=escape_formula)


def with_suggestion(findings: pd.DataFrame) -> pd.Series:
    """The fix of each finding, with what to type instead when the check knows it."""
    suggested = " (suggestion: " + findings["suggestion"].astype("str") + ")"
    return findings["fix"].astype("str") + suggested.where(findings["suggestion"].notna(), "")


def _joined(findings: pd.DataFrame, column: str, separator: str = " | ") -> pd.Series:
    """Join what the findings of each row say; the index is the row number."""
    placed = findings.dropna(subset=["row"])
    if placed.empty:
        return pd.Series(dtype="str")
    told = placed.drop_duplicates(["row", column])
    return told.set_index(told["row"].astype("int64"))[column].groupby(level=0).agg(separator.join)


def _join_two(first: pd.Series, second: pd.Series) -> pd.Series:
    both = first + " | " + second
    return both.fillna(first).fillna(second)


def _escaped(table: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    return table.assign(**{column: escape_formulas(table[column].astype("str")) for column in columns})
