"""When so many rows are held back that the file, not the rows, is wrong."""

from __future__ import annotations

from hubspot_import.errors import TooManyRejectsError
from hubspot_import.model import ObjectType

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
