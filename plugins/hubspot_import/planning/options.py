"""What an enumeration property takes: options by value or label, pipelines, stages and owners, case ignored."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hubspot_import.client.wire import Owner, Pipeline, PropertyDefinition
from hubspot_import.mapping.reading import Reading, refused

MAX_SHOWN = 25
"""How many options a finding names; the account's own page has the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The options of one property. ``folded`` leads from a spelling without case to the wire value."""

    values: frozenset[str]
    folded: Mapping[str, str]
    labels: Mapping[str, str]

    def read(self, text: str) -> Reading:
        """Read one option; an invalid one comes with the nearest label as its suggestion."""
        if text in self.values:
            return Reading(text)
        wire = self.folded.get(fold(text))
        return Reading(wire) if wire is not None else refused("it is not an option", self._nearest(text))

    def read_many(self, text: str) -> Reading:
        """Read options joined by ``;``; the wire form has each once and no blanks (properties guide)."""
        pieces = [piece.strip() for piece in text.split(";") if piece.strip()]
        readings = [self.read(piece) for piece in pieces]
        if all(reading.wire is not None for reading in readings):
            return Reading(";".join(dict.fromkeys(str(reading.wire) for reading in readings)) or None)
        wrong = [piece for piece, reading in zip(pieces, readings, strict=True) if reading.wire is None]
        typed = [self._label(piece, reading) for piece, reading in zip(pieces, readings, strict=True)]
        whole = None if None in typed else ";".join(label for label in typed if label is not None)
        return refused(f"not an option: {', '.join(wrong)}", whole)

    def shown(self) -> str:
        """List the labels for a person."""
        names = list(self.labels.values())
        more = f" … ({len(names)} in all)" if len(names) > MAX_SHOWN else ""
        return ", ".join(names[:MAX_SHOWN]) + more

    def _nearest(self, text: str) -> str | None:
        close = difflib.get_close_matches(fold(text), list(self.folded), n=1, cutoff=0.5)
        return self.labels[self.folded[close[0]]] if close else None

    def _label(self, piece: str, reading: Reading) -> str | None:
        return self.labels[reading.wire] if reading.wire is not None else reading.suggestion


def fold(text: str) -> str:
    """Drop what does not tell options apart: case, outer and doubled blanks."""
    return " ".join(text.casefold().split())


def options_of(pairs: Iterable[tuple[str, str]]) -> Options:
    """Make options of (value, label) pairs. A spelling that is one option's value and another's label is the value."""
    by_value = dict(pairs)
    labels = {fold(label): value for value, label in reversed(by_value.items())}
    return Options(
        values=frozenset(by_value),
        folded=labels | {fold(value): value for value in reversed(by_value)},
        labels=by_value,
    )


def property_options(definition: PropertyDefinition) -> Options | None:
    """The options of an enumeration; None when the definition does not list them (then HubSpot alone can tell)."""
    if definition.type != "enumeration" or not definition.options:
        return None
    return options_of((option.value, option.label) for option in definition.options)


def pipeline_options(pipelines: Iterable[Pipeline]) -> Options:
    """Pipelines by id or label."""
    return options_of((pipeline.id, pipeline.label) for pipeline in pipelines)


def stage_options(pipeline: Pipeline) -> Options:
    """The stages of one pipeline by id or label."""
    return options_of((stage.id, stage.label) for stage in pipeline.stages)


def owner_options(owners: Iterable[Owner]) -> Options:
    """Owners by e-mail address or id; the wire form is the id of the owners API, not the user id."""
    return options_of((owner.id, owner.email) for owner in owners)
