"""Whole columns of phone numbers at once: phonenumbers' own metadata, compiled to patterns for pyarrow.

Only says yes. A number is plainly valid when it is digits and plain separators, nothing but a simple national prefix
has to be stripped from it, and its calling code's plan has it; whatever else is left to the library. A test holds the
two equal.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd
import phonenumbers
import pyarrow as pa
import pyarrow.compute as pc
from phonenumbers import PhoneMetadata
from phonenumbers.phonemetadata import PhoneNumberDesc

Flags = npt.NDArray[np.bool_]

_INTERNATIONAL = r"^\+[1-9](?:[ .()-]{0,2}[0-9]){6,14}$"
_DOMESTIC = r"^\(?[0-9](?:[ .()-]{0,2}[0-9]){5,13}$"
_SEPARATORS = r"[ .()-]"
_TYPES = (
    "premium_rate", "toll_free", "shared_cost", "voip", "personal_number",
    "pager", "uan", "voicemail", "fixed_line", "mobile",
)  # fmt: skip
_MAX_CODE_DIGITS = 3
_NON_GEOGRAPHIC = "001"
_NO_NUMBER = r"[^\s\S]"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Region:
    """A country's plan. ``leading`` claims a number for the country, ``kinds`` hold each pattern with its lengths."""

    leading: str | None
    lengths: tuple[int, ...]
    general: str
    kinds: tuple[tuple[str, tuple[int, ...]], ...]


def plainly_valid(texts: pd.Series[str], region: str | None = None) -> pd.Series[str]:
    """Give the E.164 form of every number that is plainly valid; null elsewhere. ``texts`` may hold nulls.

    ``region`` (ISO 3166) reads numbers without a calling code, as ``parse_phone`` does.
    """
    array = pa.array(texts, type=pa.large_string(), from_pandas=True)
    wire = np.full(len(array), None, dtype=object)
    _read_international(array, wire)
    metadata = None if region is None else PhoneMetadata.metadata_for_region(region.upper())
    if metadata is not None:
        _read_domestic(array, metadata, wire)
    return pd.Series(wire, index=texts.index, dtype="str")


def _read_international(array: pa.Array, wire: npt.NDArray[np.object_]) -> None:
    """Write down the numbers with a plus that are plainly valid."""
    places, digits = _digits(array, _INTERNATIONAL)
    codes = _calling_codes(digits)
    for code in np.unique(codes[codes > 0]):
        chosen = np.flatnonzero(codes == code)
        numbers = digits.take(pa.array(chosen))
        national = pc.utf8_slice_codeunits(numbers, 1 + len(str(code)))
        prefix = _national_prefix(int(code))  # what the library may strip, it is asked about
        valid = _are_valid(national, int(code)) & ~_matches(national, f"^(?:{prefix})")
        wire[places[chosen[valid]]] = numbers.filter(pa.array(valid)).to_numpy(zero_copy_only=False)


def _read_domestic(array: pa.Array, metadata: PhoneMetadata, wire: npt.NDArray[np.object_]) -> None:
    """Write down the numbers without a calling code that are plainly valid when dialled in the region."""
    places, digits = _digits(array, _DOMESTIC)
    code = str(metadata.country_code)
    abroad = f"^(?:{code}|{metadata.international_prefix or _NO_NUMBER})"
    prefix = f"^(?:{metadata.national_prefix_for_parsing or _NO_NUMBER})"
    is_prefixed = _matches(digits, prefix)
    national = pc.replace_substring_regex(digits, prefix, "", max_replacements=1)
    is_stripped = _fits(national, _lengths(national), _region(metadata)) & (not metadata.national_prefix_transform_rule)
    valid = ~_matches(digits, abroad) & (~is_prefixed | is_stripped) & _are_valid(national, int(code))
    wire[places[valid]] = [f"+{code}{number}" for number in national.filter(pa.array(valid)).to_pylist()]


def _digits(array: pa.Array, pattern: str) -> tuple[npt.NDArray[np.int64], pa.Array]:
    """Where texts of this form stand, and those texts without separators."""
    plain = pc.fill_null(pc.match_substring_regex(array, pattern), False)
    digits = pc.replace_substring_regex(array.filter(plain), _SEPARATORS, "")
    return np.flatnonzero(plain.to_numpy(zero_copy_only=False)), digits


def _calling_codes(digits: pa.Array) -> npt.NDArray[np.int64]:
    """The calling code each number begins with; 0 when there is none we have a plan for."""
    found = np.zeros(len(digits), dtype=np.int64)
    for length in range(1, _MAX_CODE_DIGITS + 1):
        heads = pc.cast(pc.utf8_slice_codeunits(digits, 1, 1 + length), pa.int64()).to_numpy(zero_copy_only=False)
        known = np.array([code for code in _known_codes() if len(str(code)) == length])
        found = np.where((found == 0) & np.isin(heads, known), heads, found)
    return found


@cache
def _known_codes() -> tuple[int, ...]:
    """Every calling code of a country. None of them begins another one."""
    by_code = phonenumbers.COUNTRY_CODE_TO_REGION_CODE
    return tuple(code for code, regions in by_code.items() if regions[0] != _NON_GEOGRAPHIC)


def _are_valid(national: pa.Array, code: int) -> Flags:
    """Say which national numbers are in use, as ``is_valid_number`` does: the first region that claims one decides."""
    lengths = _lengths(national)
    undecided = np.ones(len(national), dtype=bool)
    valid = np.zeros(len(national), dtype=bool)
    for region in _regions(code):
        in_use = _in_use(national, lengths, region)
        claimed = in_use if region.leading is None else _matches(national, f"^(?:{region.leading})")
        valid |= undecided & claimed & in_use
        undecided &= ~claimed
    return valid


def _in_use(national: pa.Array, lengths: npt.NDArray[np.int64], region: _Region) -> Flags:
    found = np.zeros(len(national), dtype=bool)
    for pattern, possible in region.kinds:
        found |= np.isin(lengths, possible or region.lengths) & _matches(national, f"^(?:{pattern})$")
    return found & _fits(national, lengths, region)


def _fits(national: pa.Array, lengths: npt.NDArray[np.int64], region: _Region) -> Flags:
    fits: Flags = np.isin(lengths, region.lengths) & _matches(national, f"^(?:{region.general})$")
    return fits


def _lengths(texts: pa.Array) -> npt.NDArray[np.int64]:
    lengths: npt.NDArray[np.int64] = pc.utf8_length(texts).to_numpy(zero_copy_only=False)
    return lengths


def _matches(texts: pa.Array, pattern: str) -> Flags:
    found: Flags = np.asarray(pc.match_substring_regex(texts, pattern).to_numpy(zero_copy_only=False), dtype=bool)
    return found


@cache
def _national_prefix(code: int) -> str:
    main = PhoneMetadata.metadata_for_region(phonenumbers.COUNTRY_CODE_TO_REGION_CODE[code][0])
    return (main and main.national_prefix_for_parsing) or _NO_NUMBER


@cache
def _regions(code: int) -> tuple[_Region, ...]:
    names = phonenumbers.COUNTRY_CODE_TO_REGION_CODE[code]
    return tuple(_region(plan) for name in names if (plan := PhoneMetadata.metadata_for_region(name)) is not None)


def _region(metadata: PhoneMetadata) -> _Region:
    kinds: list[PhoneNumberDesc | None] = [getattr(metadata, kind) for kind in _TYPES]
    patterns = tuple(
        (kind.national_number_pattern, tuple(kind.possible_length))
        for kind in kinds
        if kind is not None and kind.national_number_pattern
    )
    general = metadata.general_desc or PhoneNumberDesc()
    return _Region(
        leading=metadata.leading_digits,
        lengths=tuple(general.possible_length),
        general=general.national_number_pattern or _NO_NUMBER,
        kinds=patterns,
    )
