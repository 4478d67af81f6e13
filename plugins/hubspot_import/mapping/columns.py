"""Which column of a file is meant by which column of a mapping."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hubspot_import.mapping.labels import DEFAULT_LABELS, normalize_header
from hubspot_import.mapping.spec import RECORD_ID, ObjectMapping, PropertyMapping


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMap:
    """How a mapping meets one file.

    ``found`` leads from the mapping's column names to the file's own; ``unmapped`` are file columns nobody asked for,
    in file order; ``missing_required`` are required properties none of whose columns the file has.
    """

    found: Mapping[str, str]
    unmapped: tuple[str, ...]
    missing_required: tuple[str, ...]

    def of_property(self, mapping: PropertyMapping) -> tuple[str, ...]:
        """The file's columns a property may take its value from, in order of preference."""
        return tuple(self.found[name] for name in mapping.columns if name in self.found)


def resolve_columns(mapping: ObjectMapping, columns: Sequence[str]) -> ColumnMap:
    """Match a mapping with a file's header.

    A column is found by the name the mapping gives it, else by its property's internal name, else by HubSpot's default
    label; case, blanks, underscores, hyphens and BOM do not matter. A file column serves one mapping column only, and
    the better match gets it.
    """
    free: dict[str, str] = {}
    for column in columns:
        free.setdefault(normalize_header(column), column)
    found: dict[str, str] = {}
    for name in _names(mapping):
        _claim(found, free, name, [name])
    unfound = [(name, prop) for name, prop in _first_columns(mapping) if name not in found]
    for name, property_name in unfound:
        _claim(found, free, name, [property_name])
    labels = DEFAULT_LABELS[mapping.object_type]
    for name, property_name in unfound:
        if name not in found:
            _claim(found, free, name, labels.get(property_name, ()))
    used = set(found.values())
    return ColumnMap(
        found=found,
        unmapped=tuple(column for column in columns if column not in used),
        missing_required=tuple(_missing(mapping, found)),
    )


def required_properties(mapping: ObjectMapping) -> tuple[str, ...]:
    """The properties a row cannot do without: those marked required, and the key when it is one of the mapped."""
    return tuple(name for name, prop in mapping.properties.items() if prop.required or name == mapping.key)


def _names(mapping: ObjectMapping) -> list[str]:
    """Every column the mapping speaks of, each once."""
    names = [column for prop in mapping.properties.values() for column in prop.columns]
    if mapping.id_column is not None:
        names.append(mapping.id_column)
    if mapping.key == RECORD_ID:
        names.append(RECORD_ID)
    names.extend(mapping.mine)
    names.extend(mine for link in mapping.associations for mine in link.match if mine not in mapping.properties)
    return list(dict.fromkeys(names))


def _first_columns(mapping: ObjectMapping) -> list[tuple[str, str]]:
    """Each property's preferred column with the property: the ones that also answer to the property's own names."""
    pairs = [(prop.columns[0], name) for name, prop in mapping.properties.items() if prop.columns]
    if mapping.key == RECORD_ID and RECORD_ID not in mapping.properties:
        pairs.append((RECORD_ID, RECORD_ID))
    return pairs


def _claim(found: dict[str, str], free: dict[str, str], name: str, candidates: Iterable[str]) -> None:
    """Give a mapping column the first file column that answers to one of the candidates and is still free."""
    for candidate in candidates:
        column = free.pop(normalize_header(candidate), None)
        if column is not None:
            found[name] = column
            return


def _missing(mapping: ObjectMapping, found: Mapping[str, str]) -> list[str]:
    missing = [
        name
        for name in required_properties(mapping)
        if mapping.properties[name].default is None
        and not any(column in found for column in mapping.properties[name].columns)
    ]
    if mapping.key == RECORD_ID and RECORD_ID not in mapping.properties and RECORD_ID not in found:
        missing.append(RECORD_ID)
    return missing
