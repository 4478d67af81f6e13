"""Which values the account's own schema takes for each mapped property, as readers of whole columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

import pandas as pd

from hubspot_import.client.wire import Pipeline
from hubspot_import.findings import Code
from hubspot_import.mapping.nulls import nothing
from hubspot_import.mapping.parsing import Parsed, parse, read_distinct
from hubspot_import.mapping.reading import Parser
from hubspot_import.mapping.spec import PropertyMapping, PropertyType
from hubspot_import.planning.options import (
    options_of,
    owner_options,
    pipeline_options,
    property_options,
    stage_options,
)
from hubspot_import.planning.schema import ObjectSchema

OWNER, PIPELINE, STAGE = "hubspot_owner_id", "hs_pipeline", "hs_pipeline_stage"

Read = Callable[[pd.Series, pd.DataFrame], Parsed]
"""Reads a property's texts; the frame holds the records as translated so far, same index."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRule:
    """What the account takes for one property. ``facts`` fill the finding's template."""

    code: Code
    read: Read
    facts: Mapping[str, str] = field(default_factory=dict)


_TYPED: Mapping[str, tuple[PropertyType, Code, Mapping[str, str]]] = {
    "number": (PropertyType.NUMBER, Code.COULD_NOT_PARSE_NUMBER, {"expected": "a number", "example": "1234.5"}),
    "date": (
        PropertyType.DATE,
        Code.COULD_NOT_PARSE_DATE,
        {"expected": "a date", "expected_form": "the date as YYYY-MM-DD", "example": "2026-03-31"},
    ),
    "datetime": (
        PropertyType.DATETIME,
        Code.COULD_NOT_PARSE_DATE,
        {"expected": "a date with time", "expected_form": "date and time with zone", "example": "2026-03-31T14:30:00Z"},
    ),
    "bool": (PropertyType.BOOL, Code.INVALID_BOOLEAN, {}),
}
"""Property types of the account whose values an untyped mapping leaves as they were typed."""
_UNTYPED = frozenset({None, PropertyType.STRING})


def account_rules(schema: ObjectSchema) -> dict[str, AccountRule]:
    """The rules of an object type's mapped properties, in the order they are applied: pipeline ahead of stage."""
    rules = {name: _rule(name, entry, schema) for name, entry in schema.mapping.properties.items()}
    order = sorted(rules, key=lambda name: name == STAGE)
    return {name: rule for name in order if (rule := rules[name]) is not None}


def _rule(name: str, entry: PropertyMapping, schema: ObjectSchema) -> AccountRule | None:
    if name == OWNER:
        return AccountRule(code=Code.COULD_NOT_FIND_OWNER, read=_by_value(owner_options(schema.owners).read))
    if schema.pipelines and name in (PIPELINE, STAGE):
        return _pipeline_rule(name, schema)
    definition = schema.definitions.get(name)
    if definition is None:
        return None
    options = property_options(definition)
    if options is not None:
        reader = options.read_many if definition.field_type == "checkbox" else options.read
        facts = {"options": options.shown(), "property": name}
        return AccountRule(code=Code.INVALID_ENUMERATION_OPTION, read=_by_value(reader), facts=facts)
    if definition.type in _TYPED and entry.type in _UNTYPED:
        kind, code, facts_of_type = _TYPED[definition.type]
        return AccountRule(code=code, read=partial(_parse, kind), facts=facts_of_type)
    return None


def _pipeline_rule(name: str, schema: ObjectSchema) -> AccountRule:
    if name == PIPELINE:
        options = pipeline_options(schema.pipelines)
        read = _by_value(options.read)
    else:
        shown = schema.pipelines if PIPELINE in schema.mapping.properties else schema.pipelines[:1]
        options = options_of((stage.id, stage.label) for pipeline in shown for stage in pipeline.stages)
        read = partial(_read_stages, schema.pipelines)
    return AccountRule(
        code=Code.INVALID_ENUMERATION_OPTION, read=read, facts={"options": options.shown(), "property": name}
    )


def _read_stages(pipelines: tuple[Pipeline, ...], texts: pd.Series, records: pd.DataFrame) -> Parsed:
    """Read stages by the options of each row's own pipeline."""
    chosen = chosen_pipelines(records, pipelines)
    parsed = Parsed(wire=nothing(texts.index), reason=nothing(texts.index), suggestion=nothing(texts.index))
    for pipeline in pipelines:
        rows = texts.index[chosen == pipeline.id]
        part = _by_value(stage_options(pipeline).read)(texts.loc[rows], records)
        parsed.wire.loc[rows], parsed.reason.loc[rows] = part.wire, part.reason
        parsed.suggestion.loc[rows] = part.suggestion
    return parsed


def _parse(kind: PropertyType, texts: pd.Series, _records: pd.DataFrame) -> Parsed:
    return parse(texts, kind)


def _by_value(parser: Parser) -> Read:
    """Make a reader of columns from a parser of one value."""
    return lambda texts, _records: read_distinct(texts, parser)


def chosen_pipelines(records: pd.DataFrame, pipelines: tuple[Pipeline, ...]) -> pd.Series:
    """Give each row's pipeline id; the first pipeline is the account's default."""
    default = pipelines[0].id
    return records[PIPELINE].fillna(default) if PIPELINE in records else pd.Series(default, index=records.index)
