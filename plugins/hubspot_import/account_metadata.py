"""What pre-flight read of the account's own schema, kept in the run folder: read once a run, not once a task."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pydantic import TypeAdapter

from hubspot_import.client.wire import Owner, Pipeline, PropertyDefinition
from hubspot_import.model import ObjectType
from hubspot_import.run_folder import RunFolder, write_whole


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountMetadata:
    """Property definitions by object type and name, pipelines in display order (tickets), and active owners."""

    properties: Mapping[ObjectType, Mapping[str, PropertyDefinition]]
    pipelines: Mapping[ObjectType, tuple[Pipeline, ...]] = field(default_factory=dict)
    owners: tuple[Owner, ...] = ()

    def with_property(self, object_type: ObjectType, definition: PropertyDefinition) -> AccountMetadata:
        """Add a property this run has made."""
        of_type = {**self.properties.get(object_type, {}), definition.name: definition}
        return replace(self, properties={**self.properties, object_type: of_type})


def write(folder: RunFolder, metadata: AccountMetadata) -> None:
    """Keep the metadata in the run folder."""
    write_whole(folder.metadata_path, _adapter().dump_json(metadata, indent=1).decode())


def read(folder: RunFolder) -> AccountMetadata:
    """Read what pre-flight kept."""
    return _adapter().validate_json(folder.metadata_path.read_bytes())


def _adapter() -> TypeAdapter[AccountMetadata]:
    return TypeAdapter(AccountMetadata)
