"""What an administrator asks of the records others write; only 2026-09 enforces it.

Source: HubSpot's changelog, crm-api-write-validation-enforcement (hubspot-api.md §1.2).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hubspot_simulator.errors import RuleFault


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionalRule:
    """``required`` must be set when ``property_name`` holds one of ``values``."""

    property_name: str
    values: frozenset[str]
    required: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteRules:
    """The rules of one object type: the create form's required properties, and conditional ones."""

    required_on_create: tuple[str, ...] = ()
    conditional: tuple[ConditionalRule, ...] = ()

    def faults(self, values: Mapping[str, str], standing: Mapping[str, str], *, is_new: bool) -> list[RuleFault]:
        """Judge one write; ``standing`` is what the record holds already."""
        complete = {**standing, **values}
        found = [_missing(name) for name in self.required_on_create if is_new and not complete.get(name)]
        for rule in self.conditional:
            touched = is_new or rule.property_name in values or rule.required in values
            if touched and complete.get(rule.property_name) in rule.values and not complete.get(rule.required):
                found.append(_missing_conditionally(rule))
        return found


def _missing(name: str) -> RuleFault:
    return RuleFault(name=name, message=f"A value for {name} must be provided", code="MISSING_REQUIRED_PROPERTY")


def _missing_conditionally(rule: ConditionalRule) -> RuleFault:
    message = f"{rule.required} is required because of a conditional property rule based on [{rule.property_name}]"
    return RuleFault(name=rule.required, message=message, code="MISSING_CONDITIONAL_REQUIRED_PROPERTY")
