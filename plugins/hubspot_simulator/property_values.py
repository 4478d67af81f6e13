"""The values of one record, kept small: a million records share the names and keep a tuple of values each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Any


class PropertyValues(Mapping[str, str]):
    """Property names to values, read like a dict and never changed; records of the same properties share the names."""

    __slots__ = ("_positions", "_values")

    def __init__(self, values: Mapping[str, str]) -> None:
        self._positions = _layout(tuple(values))
        self._values = tuple(values.values())

    def __getitem__(self, name: str) -> str:
        return self._values[self._positions[name]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._positions)

    def __len__(self) -> int:
        return len(self._values)

    def get(self, name: str, default: Any = None) -> Any:
        """Give a value, or ``default`` when it is not set."""
        position = self._positions.get(name)
        return default if position is None else self._values[position]

    def __contains__(self, name: object) -> bool:
        return name in self._positions

    def as_dict(self) -> dict[str, str]:
        """Copy the values into a dict: quicker than ``dict(...)``, which asks name by name."""
        return dict(zip(self._positions, self._values, strict=True))


@cache
def _layout(names: tuple[str, ...]) -> dict[str, int]:
    """Give the position of each name: one dict for all records that have these properties in this order."""
    return {name: position for position, name in enumerate(names)}


@lru_cache(maxsize=8192)
def one_copy(value: str) -> str:
    """Give the same object for equal texts seen of late: cities, stages and sources stand in many records."""
    return value
