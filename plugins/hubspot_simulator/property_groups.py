"""The groups properties are shown in."""

from __future__ import annotations

from collections.abc import Iterable

from hubspot_simulator import errors
from hubspot_simulator.batch_inputs import need_types
from hubspot_simulator.replies import JsonObject


class PropertyGroups:
    """The groups of one object type, by name."""

    def __init__(self, names: Iterable[str]) -> None:
        self._bodies: dict[str, JsonObject] = {}
        for name in names:
            self.ensure(name)

    def __contains__(self, name: object) -> bool:
        return name in self._bodies

    def bodies(self) -> list[JsonObject]:
        """List the groups as the properties API answers them."""
        return list(self._bodies.values())

    def ensure(self, name: str) -> None:
        """Have a group of HubSpot's own."""
        if name not in self._bodies:
            self.put({"name": name, "label": name, "displayOrder": len(self._bodies), "archived": False})

    def put(self, body: JsonObject) -> None:
        """Take a group in as it stands; an archived one is gone."""
        if body["archived"]:
            self._bodies.pop(body["name"], None)
        else:
            self._bodies[body["name"]] = body

    def find(self, name: str) -> JsonObject:
        """Find a group, or refuse with 404 (wording inferred)."""
        if name not in self._bodies:
            raise errors.refusal(404, f"Property group {name} does not exist", "OBJECT_NOT_FOUND")
        return self._bodies[name]

    def create(self, request: JsonObject) -> JsonObject:
        """Make a group; without a display order it stands last."""
        need_types(request, {"name": str, "label": str, "displayOrder": int})
        missing = [name for name in ("name", "label") if not request.get(name)]
        if missing:
            raise errors.missing_json_fields(missing)
        if request["name"] in self._bodies:
            raise errors.refusal(
                409, f"A property group named '{request['name']}' already exists.", "OBJECT_ALREADY_EXISTS"
            )
        order = request.get("displayOrder", len(self._bodies))
        body = {"name": request["name"], "label": request["label"], "displayOrder": order, "archived": False}
        self.put(body)
        return body

    def update(self, name: str, request: JsonObject) -> JsonObject:
        """Change label or display order."""
        need_types(request, {"label": str, "displayOrder": int})
        changed: JsonObject = {key: request[key] for key in ("label", "displayOrder") if key in request}
        self.put({**self.find(name), **changed})
        return self._bodies[name]
