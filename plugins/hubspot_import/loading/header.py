"""Where a table's header stands: exports often have lines of title above it."""

from __future__ import annotations

import re
from collections.abc import Sequence

SAMPLE_RECORDS = 50
_MAX_TITLE_RECORDS = 20
_LEAST_SHARE = 0.9
_NO_NAME = re.compile(r"^[\s+\d]|\s$|@")
"""No header begins with a blank, a number or a plus sign; ``Smith, John`` under ``name`` is not one."""


def find_header(records: Sequence[Sequence[str]]) -> int | None:
    """Find the header among a file's first records (up to SAMPLE_RECORDS); None when all are blank.

    It is the first record that is not blank; but when that and those behind it hold one cell each, and then comes a
    record of several names that nearly all records under it are as wide as, those above are titles.
    """
    filled = [number for number, cells in enumerate(records) if any(cell.strip() for cell in cells)]
    for number in filled[: _MAX_TITLE_RECORDS + 1]:
        if _filled_cells(records[number]) > 1:
            under = [records[each] for each in filled if each > number]
            return number if number == filled[0] or _is_header(records[number], under) else filled[0]
    return filled[0] if filled else None


def _is_header(names: Sequence[str], under: Sequence[Sequence[str]]) -> bool:
    named = [name for name in names if name.strip()]
    is_named = len({name.casefold() for name in named}) == len(named) and not any(map(_NO_NAME.search, named))
    as_wide = sum(len(cells) == len(names) for cells in under)
    return is_named and bool(under) and as_wide >= _LEAST_SHARE * len(under)


def _filled_cells(cells: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)
