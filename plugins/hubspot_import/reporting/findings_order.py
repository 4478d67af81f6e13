"""The order findings are told in: errors first, then by object type as they are imported, then down the file."""

from __future__ import annotations

import pandas as pd

from hubspot_import.model import ObjectType, Severity

_SEVERITIES = {str(severity): rank for rank, severity in enumerate(Severity)}
_OBJECT_TYPES = {str(object_type): rank for rank, object_type in enumerate(ObjectType)}


def sort_findings(findings: pd.DataFrame) -> pd.DataFrame:
    """Sort findings (tables.FINDINGS) for the report; ``row`` and ``line`` become nullable integers."""
    ranked = findings.assign(
        row=findings["row"].astype("Int64"),
        line=findings["line"].astype("Int64"),
        severity_rank=findings["severity"].map(_SEVERITIES),
        type_rank=findings["object_type"].map(_OBJECT_TYPES),
    )
    order = ["severity_rank", "type_rank", "row", "column", "code"]
    ranked = ranked.sort_values(order, kind="stable", na_position="first", ignore_index=True)
    return ranked.drop(columns=["severity_rank", "type_rank"])
