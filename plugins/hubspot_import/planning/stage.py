"""Pre-flight: everything that can be known ahead of the first write. Reads the account, writes the plan."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd
import pyarrow.parquet as pq

from hubspot_import import key_registry, tables
from hubspot_import.client.client import HubSpotClient
from hubspot_import.client.wire import Record
from hubspot_import.errors import SchemaError, ScopeError
from hubspot_import.mapping.columns import resolve_columns
from hubspot_import.mapping.spec import ObjectMapping
from hubspot_import.model import LINK_TYPES, Finding, ObjectType, Params, PlanAction, Stage, StageResult
from hubspot_import.planning import links as link_planning
from hubspot_import.planning.changes import read_properties
from hubspot_import.planning.decide import decide
from hubspot_import.planning.obstacles import Conditions
from hubspot_import.planning.quota import check_quota
from hubspot_import.planning.rejects import check_reject_rate
from hubspot_import.planning.rules import OWNER, account_rules
from hubspot_import.planning.schema import NATURAL_KEYS, ObjectSchema, check_properties, key_is_missing
from hubspot_import.planning.scopes import missing_scopes, read_needs, write_needs
from hubspot_import.planning.standing import Standing, by_text, match
from hubspot_import.planning.summary import account_entry, action_counts, flat_counts, in_words, link_counts, summarize
from hubspot_import.planning.tickets import in_display_order
from hubspot_import.planning.translate import translate
from hubspot_import.planning.ways import Asking, Way, asked_texts, search_terms, ways
from hubspot_import.run_folder import RunFolder
from hubspot_import.same_text import same_text
from hubspot_import.tables import FINDINGS, FIXED_COLUMNS, LINK_CANDIDATES, LINK_PLAN, MINED, PLAN

logger = logging.getLogger(__name__)

LinkType = tuple[ObjectType, ObjectType]
_PLAN_COLUMNS = ["row", "line", "action", "record_id"]


@dataclass(slots=True)
class _Preflight:
    """What the steps of one pre-flight share, and what they leave behind."""

    folder: RunFolder
    client: HubSpotClient
    params: Params
    account_id: str
    schemas: dict[ObjectType, ObjectSchema]
    columns: dict[ObjectType, dict[str, str]]
    plans: dict[ObjectType, pd.DataFrame] = field(default_factory=dict)
    findings: dict[ObjectType, list[Finding]] = field(default_factory=dict)
    counts: dict[ObjectType, dict[str, int]] = field(default_factory=dict)
    held: dict[ObjectType, bool] = field(default_factory=dict)

    def holds(self, object_type: ObjectType) -> bool:
        """Say whether the account has any record of a type; without one there is nothing to look for."""
        if object_type not in self.held:
            self.held[object_type] = self.client.has_records(object_type)
        return self.held[object_type]


def run(folder: RunFolder, client: HubSpotClient) -> StageResult:
    """Write ``plan``, link plans, findings and, when nothing stands in the way, plan.json.

    Without plan.json the importing stages write nothing. Raises ScopeError, SchemaError, QuotaError and
    TooManyRejectsError ahead of any write. Counts: ``<type>.<action>``, ``links.<from>-<to>.<action>``.
    """
    logger.info("STEP 4/6: import: pre-flight")
    folder.plan_path.unlink(missing_ok=True)
    account, usage = client.account(), client.usage()
    folder.update_manifest(account=account_entry(account))
    mappings = folder.mappings()
    state = _Preflight(
        folder=folder,
        client=client,
        params=folder.params(),
        account_id=account.id,
        schemas={object_type: _read_schema(client, mapping) for object_type, mapping in mappings.items()},
        columns={object_type: _file_columns(folder, mapping) for object_type, mapping in mappings.items()},
    )
    new_keys = _check_schemas(state)
    _check_scopes(state, new_keys)
    for object_type in state.schemas:
        _plan_records(state, object_type)
    links = {f"{pair[0]}-{pair[1]}": _plan_links(state, pair) for pair in _link_types(state)}
    _write_findings(state)
    for object_type in state.schemas:
        _check_rejects(state, object_type)
    summary = summarize(state.counts, links, new_keys, account, usage)
    check_quota(summary["requests"], usage)
    folder.write_json(folder.plan_path, summary)
    logger.info("plan: %d write requests, about %.1f minutes", summary["requests"], summary["minutes"])
    return StageResult(stage=Stage.PREFLIGHT, counts=flat_counts(state.counts, links))


# --- the account's schema and the token's scopes --------------------------------------------------------------------


def _read_schema(client: HubSpotClient, mapping: ObjectMapping) -> ObjectSchema:
    object_type = mapping.object_type
    pipelines = client.pipelines(object_type) if object_type is ObjectType.TICKETS else []
    return ObjectSchema(
        mapping=mapping,
        definitions=client.properties(object_type),
        pipelines=in_display_order(pipelines),
        owners=tuple(client.owners()) if OWNER in mapping.properties else (),
    )


def _file_columns(folder: RunFolder, mapping: ObjectMapping) -> dict[str, str]:
    """The file's column of each mapped property, and of each column name that a link matches by."""
    names = tables.source_columns(folder.dataset(mapping.object_type, "rows"))
    found = resolve_columns(mapping, names).found
    columns = {
        name: found.get(column, column)
        for name, entry in mapping.properties.items()
        for column in [next((column for column in entry.columns if column in found), name)]
    }
    return {**found, **columns}


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
    granted = state.client.scopes()
    if granted is None:
        logger.warning("the account does not tell the token's scopes; a missing one shows at the first write")
        return
    with_owners = any(OWNER in schema.mapping.properties for schema in state.schemas.values())
    needs = read_needs(state.schemas, with_owners=with_owners)
    writes = write_needs(state.schemas, _link_types(state), new_keys)
    lacking = missing_scopes(needs if state.params.dry_run else {**needs, **writes}, granted)
    if lacking:
        way_out = "" if not new_keys else "; for the key property alone you may instead set key: <a unique property>"
        raise ScopeError(
            f"the token lacks {', '.join(lacking)}; add the scopes to the private app or service key{way_out}"
        )
    for scope in missing_scopes(writes, granted):
        logger.warning("dry run: the token lacks %s; a real run would stop here", scope)


# --- records --------------------------------------------------------------------------------------------------------


def _plan_records(state: _Preflight, object_type: ObjectType) -> None:
    """Plan one object type part by part."""
    schema = state.schemas[object_type]
    conditions = Conditions(schema=schema, mode=state.params.mode)
    findings: list[Finding] = []
    kept: list[pd.DataFrame] = []

    def plans() -> Iterator[pd.DataFrame]:
        for records in tables.stream(state.folder.dataset(object_type, "records")):
            translated = translate(records, account_rules(schema), schema.mapping, state.columns[object_type])
            decisions = decide(translated, _look_up(state, schema, translated.records), conditions)
            findings.extend([*translated.findings, *decisions.findings])
            kept.append(decisions.plan[_PLAN_COLUMNS])
            yield decisions.plan

    directory = state.folder.dataset(object_type, "plan")
    state.folder.clear(directory)
    rows = tables.write_parts(directory, plans(), PLAN)
    state.plans[object_type] = pd.concat(kept, ignore_index=True) if kept else pd.DataFrame(columns=_PLAN_COLUMNS)
    state.findings[object_type] = findings
    state.counts[object_type] = action_counts(state.plans[object_type])
    logger.info("%s: %d records in: %s", object_type, rows, in_words(state.counts[object_type]))


def _look_up(state: _Preflight, schema: ObjectSchema, records: pd.DataFrame) -> Standing:
    """Find what stands for each row, the best way first; a later way is asked for the rows still open."""
    standing = Standing()
    if not state.holds(schema.object_type):
        return standing
    properties = read_properties(records, schema)
    for way in ways(schema):
        still_open = standing.still_open(records)
        texts = asked_texts(still_open, way)
        if len(texts):
            answers = _ask(state, schema.object_type, way, list(texts.unique()), properties)
            standing = standing.and_then(match(still_open, texts, answers, way))
    return standing


def _ask(
    state: _Preflight, object_type: ObjectType, way: Way, texts: list[str], properties: list[str]
) -> Mapping[str, list[Record]]:
    """Ask the account for records by text, in the way's manner."""
    client = state.client
    if way.asking is Asking.SEARCH:
        terms = search_terms(texts)
        found = client.search(object_type, property_name=way.property_name, values=terms, properties=properties)
        return by_text(found, way)
    if way.asking is Asking.READ_BY_PROPERTY:
        read = client.read(object_type, texts, properties=properties, id_property=way.property_name)
        return {text: [record] for text, record in read.items()}
    ids = {text: text for text in texts}
    if way.asking is Asking.REGISTRY:
        ids = key_registry.look_up(state.folder.key_registry(state.account_id, object_type), texts)
    read = client.read(object_type, list(dict.fromkeys(ids.values())), properties=properties) if ids else {}
    return {text: [read[record_id]] for text, record_id in ids.items() if record_id in read}


# --- links ----------------------------------------------------------------------------------------------------------


def _link_types(state: _Preflight) -> list[LinkType]:
    """The kinds of links that have candidates."""
    present = [pair for pair in LINK_TYPES if pair[0] in state.schemas]
    return [pair for pair in present if tables.parts(state.folder.links(*pair, "candidates"))]


def _plan_links(state: _Preflight, pair: LinkType) -> dict[str, int]:
    from_type, to_type = pair
    candidates = tables.read(state.folder.links(*pair, "candidates"), schema=LINK_CANDIDATES)
    from_plan = state.plans[from_type]
    to_plan = state.plans.get(to_type, pd.DataFrame(columns=_PLAN_COLUMNS))
    wanted = link_planning.open_values(candidates, from_plan)
    answers = {name: _find_ids(state, to_type, name, values) for name, values in wanted.items()}
    ends = link_planning.find_ends(candidates, from_plan, to_plan, answers)
    if any(to_type is way.to and way.match for way in state.schemas[from_type].mapping.associations):
        lines = dict(zip(from_plan["row"], from_plan["line"], strict=True))
        sources = _link_sources(state, pair, ends)
        state.findings[from_type] += link_planning.link_findings(ends, from_type, to_type, lines, sources)
    known = link_planning.both_known(ends)
    read = state.client.associated(from_type, to_type, known) if known else {}
    standing = {(from_id, to_id) for from_id, to_ids in read.items() for to_id in to_ids}
    plan = link_planning.plan_links(ends, standing)
    directory = state.folder.links(*pair, "plan")
    state.folder.clear(directory)
    tables.write_parts(directory, [plan], LINK_PLAN)
    counts = link_counts(plan)
    logger.info("%s -> %s: %d candidates in: %s", from_type, to_type, len(candidates), in_words(counts))
    return counts


def _find_ids(state: _Preflight, to_type: ObjectType, name: str, values: list[str]) -> dict[str, list[str]]:
    """Find the account's records by a property's exact value: value → ids."""
    if not state.holds(to_type):
        return {}
    if NATURAL_KEYS.get(to_type) == name:
        read = state.client.read(to_type, values, properties=[name], id_property=name)
        return {same_text(value): [record.id] for value, record in read.items()}
    way = Way(asking=Asking.SEARCH, column=name, property_name=name)
    found = state.client.search(to_type, property_name=name, values=search_terms(values), properties=[name])
    return {text: sorted(record.id for record in records) for text, records in by_text(found, way).items()}


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


def _write_findings(state: _Preflight) -> None:
    """Replace this stage's findings."""
    for object_type, found in state.findings.items():
        path = state.folder.findings(object_type) / tables.part_name(0, prefix=Stage.PREFLIGHT)
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
