"""Which object types a run imports, and from which file each."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from hubspot_import.errors import MappingError, SourceError
from hubspot_import.mapping.spec import ObjectMapping
from hubspot_import.model import ObjectType

MAX_NAMES_SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """``files``: the file name (as it stands in the folder) of each object type in the run; ``absent``: left out."""

    files: Mapping[ObjectType, str]
    absent: tuple[ObjectType, ...]


def choose_files(
    mappings: Mapping[ObjectType, ObjectMapping], asked: Sequence[ObjectType], names: Collection[str], source: str
) -> Choice:
    """Match the mappings with the names in the source folder, case ignored.

    ``asked`` empty means every object type whose file is there. Raises MappingError for an object type that is asked
    for and not mapped, SourceError for one whose file is absent, and when no mapped file is there at all.
    """
    unmapped = [object_type for object_type in asked if object_type not in mappings]
    if unmapped:
        raise MappingError(
            f"objects names {', '.join(unmapped)}, which the mappings folder does not map; add {unmapped[0]}.yaml"
        )
    present = {name.casefold(): name for name in sorted(names, reverse=True)}
    wanted = {
        object_type: mapping.source for object_type, mapping in mappings.items() if object_type in asked or not asked
    }
    files = {
        object_type: wish if wish in names else present[wish.casefold()]
        for object_type, wish in wanted.items()
        if wish.casefold() in present
    }
    absent = tuple(object_type for object_type in wanted if object_type not in files)
    if absent and (asked or not files):
        looked_for = ", ".join(wanted[object_type] for object_type in absent)
        raise SourceError(f"the source folder {source} holds no {looked_for}; it holds {_shown(names)}")
    return Choice(files=files, absent=absent)


def _shown(names: Collection[str]) -> str:
    shown = sorted(names)[:MAX_NAMES_SHOWN]
    more = f" and {len(names) - len(shown)} more" if len(names) > len(shown) else ""
    return ", ".join(shown) + more if shown else "nothing"
