"""What an account must hold after requests, in a few dictionaries: what Hypothesis compares the simulator with."""

from __future__ import annotations


class Model:
    """An account as it must be: who there is, which firms, who belongs to which, and which is the main one."""

    def __init__(self) -> None:
        self.people: dict[str, dict[str, str]] = {}
        self.more_addresses: dict[str, set[str]] = {}
        self.merged_into: dict[str, str] = {}
        self.firms: set[str] = set()
        self.links: set[tuple[str, str]] = set()
        self.primary: dict[str, str] = {}

    def holder(self, email: str) -> str | None:
        return next((who for who in self.people if email.lower() in self.addresses(who)), None)

    def addresses(self, who: str) -> set[str]:
        return {self.people[who]["email"]} | self.more_addresses.get(who, set())

    def standing(self, who: str) -> str:
        return self.standing(self.merged_into[who]) if who in self.merged_into else who

    def put(self, who: str, **values: str) -> None:
        held = self.people.get(who, {}) | values
        self.people[who] = {name: value for name, value in held.items() if value}

    def move(self, who: str, email: str) -> None:
        """An additional address and the first one change places; any other takes the first one's place."""
        if email in self.more_addresses.get(who, set()):
            self.more_addresses[who] = self.addresses(who) - {email}
        self.put(who, email=email)

    def merge(self, who: str, other: str, made: str) -> None:
        self.more_addresses[made] = (self.addresses(who) | self.addresses(other)) - {self.people[who]["email"]}
        firms = [firm for old in (who, other) for one, firm in sorted(self.links) if one == old]
        main = self.primary.get(who) or self.primary.get(other)
        self.people[made] = self.people[other] | self.people[who]
        self.merged_into |= {who: made, other: made}
        for old in (who, other):
            self.archive(old)
        for firm in sorted(firms, key=lambda firm: firm != main):
            self.link(made, firm, as_primary=firm == main)

    def link(self, who: str, firm: str, *, as_primary: bool) -> None:
        self.links.add((who, firm))
        if as_primary or who not in self.primary:
            self.primary[who] = firm

    def unlink(self, who: str, firm: str) -> None:
        self.links.discard((who, firm))
        if self.primary.get(who) == firm:
            del self.primary[who]

    def archive(self, record_id: str) -> None:
        self.people.pop(record_id, None)
        self.firms.discard(record_id)
        for who, firm in [pair for pair in self.links if record_id in pair]:
            self.unlink(who, firm)
