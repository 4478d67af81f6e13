"""Reads the mapping files of a folder. This is the only part of the core a DAG file may import."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from hubspot_import.errors import MappingError
from hubspot_import.mapping.spec import AssociationMapping, ObjectMapping, PropertyMapping
from hubspot_import.model import ObjectType

_MODELS: dict[str, type[BaseModel]] = {"properties": PropertyMapping, "associations": AssociationMapping}


def load_mappings(folder: Path) -> dict[ObjectType, ObjectMapping]:
    """Read every mapping of a folder, in import order. Raises MappingError naming the file, the key and the remedy."""
    by_type = {mapping.object_type: mapping for mapping, _ in _read(folder)}
    return {object_type: by_type[object_type] for object_type in ObjectType if object_type in by_type}


def mapping_files(folder: Path) -> dict[ObjectType, Path]:
    """Say which file of a folder maps which object type. Raises MappingError."""
    return {mapping.object_type: path for mapping, path in _read(folder)}


def _read(folder: Path) -> list[tuple[ObjectMapping, Path]]:
    if not folder.is_dir():
        raise MappingError(f"the mappings folder {folder} does not exist; create it or correct the param mappings")
    found = [(load_mapping(path), path) for path in sorted([*folder.glob("*.yaml"), *folder.glob("*.yml")])]
    if not found:
        raise MappingError(f"the mappings folder {folder} holds no .yaml file; see include/mappings for examples")
    object_types = [mapping.object_type for mapping, _ in found]
    if len(set(object_types)) < len(object_types):
        raise MappingError(f"two mapping files in {folder} have the same object_type; keep one of them")
    return found


def load_mapping(path: Path) -> ObjectMapping:
    """Read one mapping file. Raises MappingError."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise MappingError(
            f"{path.name}: this is not readable YAML ({_place(error)}); check indentation and colons"
        ) from error
    if not isinstance(content, dict):
        raise MappingError(f"{path.name}: a mapping with object_type, source, key and properties is expected")
    try:
        return ObjectMapping.model_validate(content)
    except ValidationError as error:
        faults = "; ".join(_fault(entry) for entry in error.errors()[:5])
        raise MappingError(f"{path.name}: {faults}") from error


def _place(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    return f"line {mark.line + 1}, column {mark.column + 1}" if mark is not None else "not UTF-8"


def _fault(entry: Any) -> str:
    """Say in one sentence what is wrong where, and what would be right."""
    where = ".".join(str(step) for step in entry["loc"])
    if entry["type"] == "extra_forbidden":
        section = entry["loc"][0] if len(entry["loc"]) > 1 else None
        valid = _MODELS.get(str(section), ObjectMapping).model_fields
        return f"unknown key '{where}'; valid keys here are {', '.join(valid)}"
    if entry["type"] == "missing":
        return f"'{where}' is missing; add it"
    return (
        f"'{where}': {entry['msg'].removeprefix('Value error, ')}"
        if where
        else entry["msg"].removeprefix("Value error, ")
    )
