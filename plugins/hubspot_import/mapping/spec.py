"""The mapping YAML as pydantic models: unknown keys are errors that name the valid ones."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal
from zoneinfo import available_timezones

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from hubspot_import.model import ObjectType, Severity

RECORD_ID = "hs_object_id"
"""As ``key``: rows name HubSpot records by their id."""
BULK_IMPORT_KEY = "bulk_import_key"
"""As ``key``: our own unique property, for object types without a natural key."""


DEFAULT_MIN_CONFIDENCE = 0.9
"""Below it a link is a suggestion in the report and is not written, unless the mapping says otherwise."""


class PropertyType(StrEnum):
    """What a column holds. Without one the account's property definition decides, in pre-flight."""

    STRING = "string"
    EMAIL = "email"
    PHONE = "phone"
    NUMBER = "number"
    INTEGER = "integer"
    DATE = "date"
    DATETIME = "datetime"
    BOOL = "bool"
    ENUMERATION = "enumeration"
    MULTI_ENUMERATION = "multi_enumeration"
    URL = "url"
    DOMAIN = "domain"


NUMBERS = frozenset({PropertyType.NUMBER, PropertyType.INTEGER})
DATES = frozenset({PropertyType.DATE, PropertyType.DATETIME})


class OnExisting(StrEnum):
    """What an update of a record that stands may do to the property."""

    OVERWRITE = "overwrite"
    FILL_EMPTY = "fill_empty"
    NEVER = "never"


class OnInvalid(StrEnum):
    """What an invalid value does: hold the row back, or be left out with a warning."""

    REJECT = "reject"
    DROP_VALUE = "drop_value"


class DateFormat(StrEnum):
    """The order of a column's dates, where it cannot be told from its values."""

    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"


class DecimalMark(StrEnum):
    """What parts a column's whole numbers from their fractions."""

    POINT = "point"
    COMMA = "comma"


class DuplicatePolicy(StrEnum):
    """Which of several rows that are one record is imported."""

    FIRST = "first"
    LAST = "last"
    REJECT_ALL = "reject_all"


class OnMissing(StrEnum):
    """What becomes of a row whose link leads to no record, in the files or in the account."""

    SKIP = "skip"
    REJECT = "reject"


class OnAmbiguous(StrEnum):
    """What becomes of a row that several records of the account fit."""

    REJECT = "reject"
    OLDEST = "oldest"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PropertyMapping(_Strict):
    """Where one property's value comes from and what is done to it. ``firstname: firstname`` is short for a column."""

    column: str | None = None
    first_of: tuple[str, ...] = ()
    type: PropertyType | None = None
    required: bool = False
    on_existing: OnExisting = OnExisting.OVERWRITE
    on_invalid: OnInvalid = OnInvalid.REJECT
    transforms: tuple[Literal["strip", "lower", "upper", "title"], ...] = ("strip",)
    values: dict[str, str] = Field(default_factory=dict)
    default: str | None = None
    date_format: DateFormat | None = None
    decimal: DecimalMark | None = None
    time_zone: str | None = None
    pattern: str | None = None
    min: float | date | None = None
    max: float | date | None = None
    one_of: tuple[str, ...] = ()
    unique: bool = False
    severity: Severity = Severity.ERROR

    @field_validator("pattern")
    @classmethod
    def _is_a_pattern(cls, pattern: str | None) -> str | None:
        try:
            re.compile(pattern or "")
        except re.error as error:
            raise ValueError(f"pattern is not a regular expression: {error}") from error
        return pattern

    @model_validator(mode="after")
    def _bounds_fit_the_type(self) -> PropertyMapping:
        is_date = {isinstance(bound, date) for bound in (self.min, self.max) if bound is not None}
        kinds = {False: NUMBERS, True: DATES}
        if is_date and (len(is_date) > 1 or self.type not in kinds[is_date.pop()]):
            raise ValueError(
                "min and max are numbers, of a number or integer, or dates like 2020-01-31, of a date or datetime"
            )
        return self

    @field_validator("time_zone")
    @classmethod
    def _zone_exists(cls, name: str | None) -> str | None:
        if name is not None and name not in available_timezones():
            raise ValueError(f"time_zone '{name}' is not known; give one like Europe/Paris")
        return name

    @model_validator(mode="after")
    def _one_source(self) -> PropertyMapping:
        if (self.column is None) == (not self.first_of) and self.default is None:
            raise ValueError("give exactly one of column and first_of (or only a default)")
        return self

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns the value may come from, in order of preference."""
        return (self.column,) if self.column is not None else self.first_of


def _from_short_form(value: Any) -> Any:
    return {"column": value} if isinstance(value, str) else value


class AssociationMapping(_Strict):
    """``{to: companies, match: {company: name}}``: my property or column 'company' equals their property 'name'.

    ``match: {mined_email: email}`` and ``{mined_phone: phone}`` take what was mined from the text, ``{email_domain:
    domain}`` the domain of the record's own address, ``{mined_email_domain: domain}`` that of the mined one; ``through:
    contacts`` takes the target's own link (ticket → contact → company). A match less sure than ``min_confidence`` is a
    suggestion.
    ``label`` is one of the account's own by name, or ``primary``.
    """

    to: ObjectType
    match: dict[str, str] = Field(default_factory=dict, max_length=1)
    through: ObjectType | None = None
    min_confidence: float = Field(default=DEFAULT_MIN_CONFIDENCE, ge=0, le=1)
    label: str | None = None
    on_missing: OnMissing = OnMissing.SKIP

    @model_validator(mode="after")
    def _one_way(self) -> AssociationMapping:
        if bool(self.match) == (self.through is not None):
            raise ValueError("give exactly one of match and through")
        if self.through is not None and self.on_missing is OnMissing.REJECT:
            raise ValueError("on_missing: reject goes with match; put it on the association that 'through' names")
        return self


class ObjectMapping(_Strict):
    """One mapping file: one object type.

    ``source`` is the file in the source folder, ``sheet`` the one of a workbook that is read;
    ``encoding`` and ``delimiter`` say how a text file is written, where what is found is wrong.
    ``key`` is the property HubSpot knows a record by. With
    ``key: bulk_import_key``, ``id_column`` names the column whose value identifies a record (``ticket_id``); rows
    without one are keyed by domain, name or content (docs/architecture.md, Identity). ``mine`` lists the columns whose
    text is mined for e-mails and phones.
    """

    object_type: ObjectType
    source: str
    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    key: str
    id_column: str | None = None
    properties: dict[str, Annotated[PropertyMapping, BeforeValidator(_from_short_form)]]
    associations: tuple[AssociationMapping, ...] = ()
    duplicates: DuplicatePolicy = DuplicatePolicy.FIRST
    on_ambiguous: OnAmbiguous = OnAmbiguous.REJECT
    mine: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _key_is_mapped(self) -> ObjectMapping:
        known = {BULK_IMPORT_KEY, RECORD_ID, *self.properties}
        if self.key not in known:
            raise ValueError(f"key '{self.key}' is not mapped; add it under properties")
        return self
