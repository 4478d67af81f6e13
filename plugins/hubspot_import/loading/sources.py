"""Which object types a run imports, and from which file each."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from hubspot_import.errors import MappingError, SourceError
from hubspot_import.mapping.spec import ObjectMapping
from hubspot_import.model import ObjectType

MAX_NAMES_SHOWN = 10
TABLE_EXTENSIONS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".jsonl", ".ndjson", ".parquet")
PACKED_EXTENSIONS = (".gz", ".zip")
"""What a file may be called instead: contacts.xlsx or contacts.csv.gz is read when there is no contacts.csv."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """``files``: the file name (as it stands in the folder) of each object type in the run; ``absent``: left out."""

    files: Mapping[ObjectType, str]
    absent: tuple[ObjectType, ...]


def choose_files(
    mappings: Mapping[ObjectType, ObjectMapping], asked: Sequence[ObjectType], names: Collection[str], source: str
) -> Choice:
    """Match the mappings with the names in the source folder (see ``find_file``).

    ``asked`` empty means every object type whose file is there. Raises MappingError for an object type that is asked
    for and not mapped, SourceError for one whose file is absent, when no mapped file is there at all,
    and when several files could be meant.
    """
    unmapped = [object_type for object_type in asked if object_type not in mappings]
    if unmapped:
        raise MappingError(
            f"objects names {', '.join(unmapped)}, which the mappings folder does not map; add {unmapped[0]}.yaml"
        )
    wanted = {
        object_type: mapping.source for object_type, mapping in mappings.items() if object_type in asked or not asked
    }
    found = {object_type: find_file(wish, names) for object_type, wish in wanted.items()}
    files = {object_type: name for object_type, name in found.items() if name is not None}
    absent = tuple(object_type for object_type in wanted if object_type not in files)
    if absent and (asked or not files):
        looked_for = ", ".join(wanted[object_type] for object_type in absent)
        raise SourceError(f"the source folder {source} holds no {looked_for}; it holds {_shown(names)}")
    return Choice(files=files, absent=absent)


def find_file(wish: str, names: Collection[str]) -> str | None:
    """Find the file a mapping means: of this name, else of this name in another case, else in another format.

    Raises SourceError when only other formats are there, and more than one.
    """
    same = [name for name in names if name.casefold() == wish.casefold()]
    if same:
        return wish if wish in names else min(same)
    stem = _stem(wish)
    others = sorted(name for name in names if name.casefold() != stem and _stem(name) == stem)
    if len(others) > 1:
        raise SourceError(f"{wish} could be any of {', '.join(others)}; keep one, or name it as source in the mapping")
    return others[0] if others else None


def _stem(name: str) -> str:
    return _without(_without(name.casefold(), PACKED_EXTENSIONS), TABLE_EXTENSIONS)


def _without(name: str, ends: Collection[str]) -> str:
    return next((name.removesuffix(end) for end in ends if name.endswith(end)), name)


def _shown(names: Collection[str]) -> str:
    shown = sorted(names)[:MAX_NAMES_SHOWN]
    more = f" and {len(names) - len(shown)} more" if len(names) > len(shown) else ""
    return ", ".join(shown) + more if shown else "nothing"
