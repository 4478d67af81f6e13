"""Pre-flight: everything that can be known ahead of the first write. Reads the account, writes the plan."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import pandas as pd
import pyarrow.parquet as pq

from hubspot_import import account_metadata, key_registry, tables
from hubspot_import.account_metadata import AccountMetadata
from hubspot_import.client.client import HubSpotClient
from hubspot_import.errors import SchemaError
from hubspot_import.mapping.spec import ObjectMapping, OnMissing
from hubspot_import.model import LINK_TYPES, Finding, ObjectType, Params, PlanAction, Severity, Stage, StageResult
from hubspot_import.outcome_files import created_rows, last_outcomes, next_attempt
from hubspot_import.planning import links as link_planning
from hubspot_import.planning.account_view import AccountView
from hubspot_import.planning.decide import decide
from hubspot_import.planning.link_labels import WantedTypes
from hubspot_import.planning.obstacles import Conditions
from hubspot_import.planning.quota import check_quota
from hubspot_import.planning.rejects import check_reject_rate, held_back, rejected_rows
from hubspot_import.planning.rules import OWNER, account_rules
from hubspot_import.planning.schema import (
    ObjectSchema,
    check_properties,
    file_columns,
    key_is_missing,
    object_schemas,
)
from hubspot_import.planning.scopes import Needs, check_scopes, missing_scopes
from hubspot_import.planning.suggested import suggested_in_account
from hubspot_import.planning.summary import account_entry, action_counts, flat_counts, in_words, link_counts, summarize
from hubspot_import.planning.tickets import in_display_order
from hubspot_import.planning.translate import translate
from hubspot_import.run_folder import RunFolder
from hubspot_import.tables import FINDINGS, FIXED_COLUMNS, LINK_CANDIDATES, LINK_PLAN, MINED, OUTCOMES, PLAN

logger = logging.getLogger(__name__)

LinkType = tuple[ObjectType, ObjectType]
_PLAN_COLUMNS = ["row", "line", "action", "record_id"]
_OF_RECORDS, _OF_LINKS = 0, 1
"""The numbers of this stage's files of findings."""


@dataclass(slots=True)
class _Preflight:
    """What the steps of one pre-flight share, and what they leave behind."""

    folder: RunFolder
    view: AccountView
    params: Params
    schemas: dict[ObjectType, ObjectSchema]
    columns: dict[ObjectType, dict[str, str]]
    plans: dict[ObjectType, pd.DataFrame] = field(default_factory=dict)
    labels: dict[LinkType, WantedTypes] = field(default_factory=dict)
    ends: dict[LinkType, pd.DataFrame] = field(default_factory=dict)
    findings: dict[ObjectType, list[Finding]] = field(default_factory=dict)
    link_findings: dict[ObjectType, list[Finding]] = field(default_factory=dict)
    counts: dict[ObjectType, dict[str, int]] = field(default_factory=dict)


def run(folder: RunFolder, client: HubSpotClient) -> StageResult:
    """Write ``plan``, link plans, findings and, when nothing stands in the way, plan.json.

    Without plan.json the importing stages write nothing. Raises ScopeError, SchemaError, QuotaError and
    TooManyRejectsError ahead of any write. Counts: ``<type>.<action>``, ``links.<from>-<to>.<action>``.
    """
    logger.info("STEP 4/6: import: pre-flight")
    folder.plan_path.unlink(missing_ok=True)
    account, usage = client.account(), client.usage()
    folder.update_manifest(account=account_entry(account))
    metadata = _read_metadata(client, folder.mappings())
    account_metadata.write(folder, metadata)
    state = _open(folder, client, metadata, account.id)
    new_keys = _check_schemas(state)
    _check_scopes(state, new_keys)
    state.labels = {pair: state.view.wanted_types(pair, state.schemas[pair[0]].mapping) for pair in _link_types(state)}
    for object_type in state.schemas:
        state.folder.clear(state.folder.dataset(object_type, "plan"))
        _plan_records(state, object_type)
    for pair in _link_types(state):
        state.ends[pair] = _find_ends(state, pair)
    links = {f"{pair[0]}-{pair[1]}": _plan_links(state, pair) for pair in state.ends}
    for object_type in state.schemas:
        _replace_findings(folder, object_type, _OF_RECORDS, state.findings[object_type])
        _replace_findings(folder, object_type, _OF_LINKS, state.link_findings.get(object_type, []))
    for object_type in state.schemas:
        _check_rejects(state, object_type)
    summary = summarize(state.counts, links, new_keys, account, usage)
    check_quota(summary["requests"], usage)
    folder.write_json(folder.plan_path, summary)
    logger.info("plan: %d write requests, about %.1f minutes", summary["requests"], summary["minutes"])
    return StageResult(stage=Stage.PREFLIGHT, counts=flat_counts(state.counts, links))


def plan_again(folder: RunFolder, client: HubSpotClient, object_type: ObjectType) -> None:
    """Compare one object type with the account once more, for an import that is run again after it had finished.

    Replaces its plan part by part, and what pre-flight found about its records; link plans and plan.json stay.
    """
    if not folder.plan_path.exists() or object_type not in folder.mappings():
        return
    logger.info("%s: the import had finished: comparing with the account again", object_type)
    state = _open(folder, client, account_metadata.read(folder), str(folder.manifest()["account"]["id"]))
    before = tables.read(folder.dataset(object_type, "plan"), columns=["row", "action", "reason"])
    _plan_records(state, object_type, rejected_rows(before))
    _replace_findings(folder, object_type, _OF_RECORDS, state.findings[object_type])


def _open(folder: RunFolder, client: HubSpotClient, metadata: AccountMetadata, account_id: str) -> _Preflight:
    mappings = folder.mappings()

    def registry(object_type: ObjectType, keys: Collection[str]) -> dict[str, str]:
        return key_registry.look_up(folder.key_registry(account_id, object_type), keys)

    return _Preflight(
        folder=folder,
        view=AccountView(client=client, registry=registry),
        params=folder.params(),
        schemas=object_schemas(mappings, metadata),
        columns={
            object_type: file_columns(mapping, tables.source_columns(folder.dataset(object_type, "rows")))
            for object_type, mapping in mappings.items()
        },
    )


# --- the account's schema and the token's scopes --------------------------------------------------------------------


def _read_metadata(client: HubSpotClient, mappings: Mapping[ObjectType, ObjectMapping]) -> AccountMetadata:
    with_owners = any(OWNER in mapping.properties for mapping in mappings.values())
    with_pipelines = [object_type for object_type in mappings if object_type is ObjectType.TICKETS]
    return AccountMetadata(
        properties={object_type: client.properties(object_type) for object_type in mappings},
        pipelines={object_type: in_display_order(client.pipelines(object_type)) for object_type in with_pipelines},
        owners=tuple(client.owners()) if with_owners else (),
    )


def _check_schemas(state: _Preflight) -> list[ObjectType]:
    """Raise SchemaError naming all that is wrong; give the object types whose key property has to be made."""
    faults = []
    for object_type, schema in state.schemas.items():
        used: dict[str, None] = {}
        for records in tables.stream(state.folder.dataset(object_type, "records")):
            used |= dict.fromkeys(n for n in records.columns if n not in FIXED_COLUMNS and records[n].notna().any())
        faults += check_properties(schema, used, state.columns[object_type])
    if faults:
        raise SchemaError(" ".join(faults))
    return [object_type for object_type, schema in state.schemas.items() if key_is_missing(schema)]


def _check_scopes(state: _Preflight, new_keys: list[ObjectType]) -> None:
    """Raise ScopeError naming each scope the token lacks. A dry run only has to be able to look."""
    granted = state.view.client.scopes()
    if granted is None:
        logger.warning("the account does not tell the token's scopes; a missing one shows at the first write")
        return
    needs = Needs.of(state.schemas, _link_types(state), new_keys)
    check_scopes(needs, granted, dry_run=state.params.dry_run, makes_keys=bool(new_keys))
    for scope in missing_scopes(needs.writes, granted):
        logger.warning("dry run: the token lacks %s; a real run would stop here", scope)


# --- records --------------------------------------------------------------------------------------------------------


def _plan_records(state: _Preflight, object_type: ObjectType, held: Mapping[int, str] = MappingProxyType({})) -> None:
    """Plan one object type part by part. ``held``: rows that are held back whatever is found, with the reason."""
    schema = state.schemas[object_type]
    written = state.folder.outcomes(object_type)
    conditions = Conditions(
        schema=schema,
        mode=state.params.mode,
        own_rows=created_rows(last_outcomes(written, OUTCOMES, ["row"])),
        attempt=next_attempt(written),
    )
    findings: list[Finding] = []
    kept: list[pd.DataFrame] = []

    def plans() -> Iterator[pd.DataFrame]:
        for records in tables.stream(state.folder.dataset(object_type, "records")):
            translated = translate(records, account_rules(schema), schema.mapping, state.columns[object_type])
            decisions = decide(translated, state.view.standing(schema, translated.records), conditions)
            findings.extend([*translated.findings, *decisions.findings])
            plan = held_back(decisions.plan, held)
            kept.append(plan[_PLAN_COLUMNS])
            yield plan

    rows = tables.write_parts(state.folder.dataset(object_type, "plan"), plans(), PLAN)
    state.plans[object_type] = pd.concat(kept, ignore_index=True) if kept else pd.DataFrame(columns=_PLAN_COLUMNS)
    state.findings[object_type] = findings
    state.counts[object_type] = action_counts(state.plans[object_type])
    logger.info("%s: %d records in: %s", object_type, rows, in_words(state.counts[object_type]))


# --- links ----------------------------------------------------------------------------------------------------------


def _link_types(state: _Preflight) -> list[LinkType]:
    """The kinds of links that have candidates."""
    present = [pair for pair in LINK_TYPES if pair[0] in state.schemas]
    return [pair for pair in present if tables.parts(state.folder.links(*pair, "candidates"))]


def _find_ends(state: _Preflight, pair: LinkType) -> pd.DataFrame:
    """Give the candidates of one kind their records, from plan and account; say which rows lead nowhere."""
    from_type, to_type = pair
    candidates = tables.read(state.folder.links(*pair, "candidates"), schema=LINK_CANDIDATES)
    from_plan = state.plans[from_type]
    to_plan = state.plans.get(to_type, pd.DataFrame(columns=_PLAN_COLUMNS))
    ends = link_planning.find_ends(candidates, from_plan, to_plan, state.view.find_open(to_type, candidates, from_plan))
    _suggest(state, pair, to_plan)
    logger.info("%s -> %s: %d candidates", from_type, to_type, len(candidates))
    ways = [way for way in state.schemas[from_type].mapping.associations if way.to is to_type]
    if any(way.match for way in ways):
        lines = dict(zip(from_plan["row"], from_plan["line"], strict=True))
        sources = _link_sources(state, pair, ends)
        is_required = any(way.on_missing is OnMissing.REJECT for way in ways)
        found = list(link_planning.link_findings(ends, pair, lines, sources, is_required=is_required))
        state.link_findings.setdefault(from_type, []).extend(found)
        _reject(state, from_type, found)
    for way in ways:
        if way.through is not None and (from_type, way.through) in state.ends:
            ends = state.view.led_through(state.ends[from_type, way.through], ends, way.through, to_type)
    return ends


def _suggest(state: _Preflight, pair: LinkType, to_plan: pd.DataFrame) -> None:
    """Look in the account for those whom extraction was not sure enough of; they are told, never linked."""
    from_plan = state.plans[pair[0]]
    unsure = tables.read(state.folder.links(*pair, "unsure"), schema=LINK_CANDIDATES)
    ends = link_planning.find_ends(unsure, from_plan, to_plan, state.view.find_open(pair[1], unsure, from_plan))
    state.link_findings.setdefault(pair[0], []).extend(suggested_in_account(ends, from_plan, pair))


def _reject(state: _Preflight, object_type: ObjectType, found: Sequence[Finding]) -> None:
    """Hold back rows of an object type that is planned already, for the errors among what was found."""
    reasons = {each.row: each.message for each in found if each.row is not None and each.severity is Severity.ERROR}
    if not reasons:
        return
    for path in tables.parts(state.folder.dataset(object_type, "plan")):
        tables.write_part(path, held_back(pq.read_table(path).to_pandas(), reasons), PLAN)
    state.plans[object_type] = held_back(state.plans[object_type], reasons)
    state.counts[object_type] = action_counts(state.plans[object_type])


def _plan_links(state: _Preflight, pair: LinkType) -> dict[str, int]:
    """Plan one kind of link between the records that are still to be written, or stand."""
    from_type, to_type = pair
    ends = link_planning.of_written(state.ends[pair], state.plans[from_type])
    wanted = state.labels[pair]
    known = link_planning.ids_to_read(ends, wanted)
    standing = state.view.client.association_types(from_type, to_type, known) if known else {}
    plan = link_planning.plan_links(ends, standing, wanted)
    directory = state.folder.links(*pair, "plan")
    state.folder.clear(directory)
    tables.write_parts(directory, [plan], LINK_PLAN)
    counts = link_counts(plan)
    logger.info("%s -> %s: planned %s", from_type, to_type, in_words(counts))
    return counts


def _link_sources(state: _Preflight, pair: LinkType, ends: pd.DataFrame) -> dict[int, str]:
    """The file's column each candidate's value came from: the one matched by, or the one it was mined from."""
    from_type, to_type = pair
    columns = state.columns[from_type]
    ways_there = [way for way in state.schemas[from_type].mapping.associations if way.to is to_type]
    named = next((columns[mine] for way in ways_there for mine in way.match if mine in columns), None)
    if named is not None:
        return dict.fromkeys(ends["from_row"].tolist(), named)
    mined = tables.read(state.folder.dataset(from_type, "mined"), columns=["row", "column", "value"], schema=MINED)
    return link_planning.value_sources(ends, mined, columns)


# --- closing --------------------------------------------------------------------------------------------------------


def _replace_findings(folder: RunFolder, object_type: ObjectType, number: int, found: Sequence[Finding]) -> None:
    path = folder.findings(object_type) / tables.part_name(number, prefix=Stage.PREFLIGHT)
    path.unlink(missing_ok=True)
    if found:
        tables.write_part(path, tables.findings_frame(found), FINDINGS)


def _check_rejects(state: _Preflight, object_type: ObjectType) -> None:
    """Judge the rows validation and pre-flight held back."""
    rows, rejects = (
        sum(pq.read_metadata(path).num_rows for path in tables.parts(state.folder.dataset(object_type, name)))
        for name in ("rows", "rejects")
    )
    rejected = rejects + state.counts[object_type][PlanAction.REJECT]
    check_reject_rate(object_type, rows=rows, rejected=rejected, limit=state.params.max_reject_rate)
