"""Extract and map: valid rows become records, ticket text gives e-mails and phones, and both give link candidates."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping

import pandas as pd

from hubspot_import import tables
from hubspot_import.extraction.candidates import (
    best_addresses,
    best_numbers,
    match_by_value,
    match_through,
    surest,
)
from hubspot_import.extraction.company_matching import match_by_domain, match_by_name
from hubspot_import.extraction.keys import is_hash_key
from hubspot_import.extraction.languages import region_of_text
from hubspot_import.extraction.mailboxes import match_by_mailbox
from hubspot_import.extraction.mining import Kind, mine_text
from hubspot_import.extraction.records import map_records
from hubspot_import.extraction.suggestions import open_suggestions, suggestion_findings, suggestions
from hubspot_import.findings import Code, finding
from hubspot_import.mapping.columns import ColumnMap, resolve_columns
from hubspot_import.mapping.nulls import nothing
from hubspot_import.mapping.regions import region_of
from hubspot_import.mapping.spec import AssociationMapping, ObjectMapping
from hubspot_import.model import ObjectType, Params, Stage, StageResult
from hubspot_import.run_folder import RunFolder
from hubspot_import.tables import KEY, LINE, LINK_CANDIDATES, MINED, ROW

logger = logging.getLogger(__name__)

MINED_EMAIL = "mined_email"
"""In a mapping's ``match``: the e-mails mined from the record's text."""
MINED_PHONE = "mined_phone"
"""The phone numbers mined from it; a target counts only when it alone has the number."""
EMAIL_DOMAIN = "email_domain"
"""The domain of the record's own address."""
MINED_EMAIL_DOMAIN = "mined_email_domain"
"""The domain of the e-mail mined from the record's text."""

_NOBODY = pd.Series(dtype="str")

Links = dict[tuple[ObjectType, ObjectType], pd.DataFrame]


def run(folder: RunFolder) -> StageResult:
    """Write ``records``, ``mined``, link candidates and findings of every object type of the run.

    Counts: ``<type>.rows_in``, ``<type>.records``, ``<type>.mined_emails``, ``<type>.mined_phones``,
    ``links.<from>-<to>``, ``<type>.suggested_links``.
    """
    logger.info("STEP 3/6: extract and map")
    mappings, params = folder.mappings(), folder.params()
    counts: dict[str, int] = {}
    for object_type, mapping in mappings.items():
        counts |= _map(folder, mapping, params)
        if mapping.mine:
            counts |= _mine(folder, mapping, params)
        logger.info("%s: %s", object_type, _facts(counts, f"{object_type}."))
    links: Links = {}
    for mapping in mappings.values():
        others = _link(folder, mapping, mappings, links)
        counts[f"{mapping.object_type}.suggested_links"] = _suggest(folder, mapping.object_type, links, others)
    for (from_type, to_type), candidates in links.items():
        directory = folder.links(from_type, to_type, "candidates")
        folder.clear(directory)
        counts[f"links.{from_type}-{to_type}"] = tables.write_parts(directory, [candidates], LINK_CANDIDATES)
        logger.info("%s -> %s: %d link candidates", from_type, to_type, len(candidates))
    return StageResult(stage=Stage.EXTRACT_AND_MAP, counts=counts)


# --- records --------------------------------------------------------------------------------------------------------


def _map(folder: RunFolder, mapping: ObjectMapping, params: Params) -> dict[str, int]:
    """Map one object type part by part; warn once when rows are keyed by their content."""
    object_type = mapping.object_type
    counts = {f"{object_type}.rows_in": 0, f"{object_type}.records": 0}
    conventions = folder.conventions(object_type)
    keyed_by_hash = 0

    def records() -> Iterator[pd.DataFrame]:
        nonlocal keyed_by_hash
        for rows in tables.stream(folder.dataset(object_type, "valid")):
            mapped = map_records(
                rows,
                mapping,
                _columns(mapping, rows),
                namespace=params.namespace,
                region=params.default_region,
                conventions=conventions,
            )
            counts[f"{object_type}.rows_in"] += len(rows)
            keyed_by_hash += int(is_hash_key(mapped[KEY], params.namespace).sum())
            yield mapped

    directory = folder.dataset(object_type, "records")
    folder.clear(directory)
    counts[f"{object_type}.records"] = tables.write_parts(directory, records())
    _write_findings(folder, mapping, keyed_by_hash)
    return counts


def _write_findings(folder: RunFolder, mapping: ObjectMapping, keyed_by_hash: int) -> None:
    """Replace this stage's findings."""
    path = folder.findings(mapping.object_type) / tables.part_name(0, prefix=Stage.EXTRACT_AND_MAP)
    path.unlink(missing_ok=True)
    if keyed_by_hash:
        logger.warning("%s: %d rows have no id and are known by their content", mapping.object_type, keyed_by_hash)
        column = mapping.id_column or f"{mapping.object_type.singular}_id"
        found = finding(Code.NO_STABLE_KEY, mapping.object_type, column=column)
        tables.write_part(path, tables.findings_frame([found]), tables.FINDINGS)


# --- mining ---------------------------------------------------------------------------------------------------------


def _mine(folder: RunFolder, mapping: ObjectMapping, params: Params) -> dict[str, int]:
    """Mine the texts of one object type part by part."""
    object_type = mapping.object_type
    counts = {f"{object_type}.mined_{kind}s": 0 for kind in Kind}

    def finds() -> Iterator[pd.DataFrame]:
        for rows in tables.stream(folder.dataset(object_type, "valid")):
            mined = _mine_rows(rows, mapping, _columns(mapping, rows), params)
            for kind in Kind:
                counts[f"{object_type}.mined_{kind}s"] += int((mined["kind"] == kind).sum())
            yield mined

    directory = folder.dataset(object_type, "mined")
    folder.clear(directory)
    tables.write_parts(directory, finds(), MINED)
    return counts


def _mine_rows(rows: pd.DataFrame, mapping: ObjectMapping, columns: ColumnMap, params: Params) -> pd.DataFrame:
    """Mine the rows of one part: MINED's columns, ordered by row, then column as the mapping lists them, then place."""
    texts = rows.set_index(ROW)
    found = [
        mine_text(
            texts[columns.found[name]],
            _regions(texts, texts[columns.found[name]], columns.found.get("country"), params.default_region),
            params.own_domains,
        ).assign(column=name)
        for name in mapping.mine
        if name in columns.found
    ]
    if not found:
        return pd.DataFrame(MINED.empty_table().to_pandas())
    mined = pd.concat(found, ignore_index=True).rename(columns={"text": "row"})
    return mined.sort_values("row", kind="stable", ignore_index=True)[list(MINED.names)]


def _regions(rows: pd.DataFrame, texts: pd.Series, country: str | None, default: str | None) -> list[str | None]:
    """The region of numbers without a country code: the row's country, else the text's language, else the default."""
    named = rows[country] if country is not None else nothing(rows.index)
    return [
        (region_of(name) if isinstance(name, str) else None) or region_of_text(text or "") or default
        for name, text in zip(named, texts.fillna(""), strict=True)
    ]


# --- links ----------------------------------------------------------------------------------------------------------


def _link(
    folder: RunFolder, mapping: ObjectMapping, mappings: Mapping[ObjectType, ObjectMapping], links: Links
) -> Links:
    """Add the link candidates of one object type to ``links``; several ways to one type: the mapping's first wins.

    Returns what the ways found that was not sure enough, or came second.
    """
    others: Links = {}
    middles = {way.through for way in mapping.associations}
    for association in sorted(mapping.associations, key=lambda way: way.to not in middles):
        if association.through is not None:
            found = _link_through(mapping.object_type, association, links)
        else:
            found = _link_by_match(folder, mapping, association, mappings)
        pair = (mapping.object_type, association.to)
        sure = surest(found, association.min_confidence)
        links[pair] = _with(links.get(pair), sure).drop_duplicates("from_row", ignore_index=True)
        found = found.assign(is_sure=found["confidence"] >= association.min_confidence)
        others[pair] = _with(others.get(pair), found)
    return others


def _with(frame: pd.DataFrame | None, more: pd.DataFrame) -> pd.DataFrame:
    return more if frame is None else pd.concat([frame, more], ignore_index=True)


def _suggest(folder: RunFolder, from_type: ObjectType, links: Links, others: Links) -> int:
    """Write the suggestions as findings, beside this stage's own; their number.

    Those of whom only the account may know are left to pre-flight (``unsure``).
    """
    path = folder.findings(from_type) / tables.part_name(1, prefix=Stage.EXTRACT_AND_MAP)
    path.unlink(missing_ok=True)
    for pair, ways in others.items():
        directory = folder.links(*pair, "unsure")
        folder.clear(directory)
        tables.write_parts(directory, [open_suggestions(links[pair], ways)], LINK_CANDIDATES)
    suggested = {pair: suggestions(links[pair], found) for pair, found in others.items()}
    if not any(map(len, suggested.values())):
        return 0
    rows = tables.read(folder.dataset(from_type, "valid"), columns=[ROW, LINE])
    lines = dict(zip(rows[ROW].tolist(), rows[LINE].tolist(), strict=True))
    found = [
        one
        for (_, to_type), frame in suggested.items()
        for one in suggestion_findings(frame, from_type, to_type, lines)
    ]
    tables.write_part(path, tables.findings_frame(found), tables.FINDINGS)
    return len(found)


def _link_through(from_type: ObjectType, association: AssociationMapping, links: Links) -> pd.DataFrame:
    middle = association.through
    if middle is None or (from_type, middle) not in links or (middle, association.to) not in links:
        return pd.DataFrame(LINK_CANDIDATES.empty_table().to_pandas())
    way = f"{middle.singular}_{association.to.singular}"
    return match_through(
        links[from_type, middle],
        links[middle, association.to],
        matched_by=way,
        evidence=f"{association.to.singular} of the {middle.singular}",
    )


def _link_by_match(
    folder: RunFolder,
    mapping: ObjectMapping,
    association: AssociationMapping,
    mappings: Mapping[ObjectType, ObjectMapping],
) -> pd.DataFrame:
    ((mine, theirs),) = association.match.items()
    target = mappings.get(association.to)
    targets = _values(folder, target, theirs) if target is not None else _no_values()
    mined = tables.read(folder.dataset(mapping.object_type, "mined"), schema=MINED)
    if mine in (EMAIL_DOMAIN, MINED_EMAIL_DOMAIN):
        emails = _values(folder, mapping, "email") if mine == EMAIL_DOMAIN else best_addresses(mined, _NOBODY)
        return match_by_domain(emails, targets, matched_by=f"{mapping.object_type.singular}_{EMAIL_DOMAIN}")
    if mine in (MINED_EMAIL, MINED_PHONE):
        wanted = best_addresses(mined, targets["value"]) if mine == MINED_EMAIL else best_numbers(mined)
        matched_by = f"{mapping.object_type.singular}_{theirs}"
    else:
        values = _values(folder, mapping, mine)
        wanted = values.assign(confidence=1.0, evidence=f"{mine} = {theirs} of the {association.to.singular}")
        matched_by = f"{association.to.singular}_{theirs}"
    if (association.to, theirs) == (ObjectType.COMPANIES, "name"):
        return match_by_name(wanted, targets, matched_by=matched_by)
    if (mine, theirs) == (MINED_EMAIL, "email"):
        return match_by_mailbox(wanted, targets, matched_by=matched_by)
    found = match_by_value(wanted, targets, match_property=theirs, matched_by=matched_by)
    return found.dropna(subset=["to_row"]) if mine == MINED_PHONE else found


def _values(folder: RunFolder, mapping: ObjectMapping, name: str) -> pd.DataFrame:
    """ROW and ``value`` of a property (wire form) or, when no property has the name, of a column."""
    if name in mapping.properties:
        read = tables.read(folder.dataset(mapping.object_type, "records"), columns=[ROW, name])
        return read.rename(columns={name: "value"}) if len(read) else _no_values()
    rows = tables.read(folder.dataset(mapping.object_type, "valid"))
    column = _columns(mapping, rows).found.get(name) if len(rows) else None
    return rows[[ROW, column]].rename(columns={column: "value"}) if column is not None else _no_values()


def _no_values() -> pd.DataFrame:
    return pd.DataFrame({ROW: pd.Series(dtype="int64"), "value": pd.Series(dtype="str")})


def _columns(mapping: ObjectMapping, rows: pd.DataFrame) -> ColumnMap:
    """Resolve the mapping against the file's own columns."""
    return resolve_columns(mapping, [name for name in rows.columns if name not in tables.FIXED_COLUMNS])


def _facts(counts: Mapping[str, int], prefix: str) -> str:
    own = {name.removeprefix(prefix): number for name, number in counts.items() if name.startswith(prefix)}
    return ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in own.items())
