"""What follows for a contact from its values: the addresses it has, the stage it is in, what is told but not kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

ADDITIONAL = "hs_additional_emails"
STAGE = "lifecyclestage"
FULL_NAME = "hs_full_name_or_email"
UNTOUCHED: Mapping[str, str] = {
    "hs_associated_target_accounts": "0",
    "hs_currently_enrolled_in_prospecting_agent": "false",
    "hs_membership_has_accessed_private_content": "0",
    "hs_prospecting_agent_actively_enrolled_count": "0",
    "hs_prospecting_agent_total_enrolled_count": "0",
    "hs_registered_member": "0",
    "hs_sequences_actively_enrolled_count": "0",
    "num_notes": "0",
}
"""Counters that nothing here moves (recorded on new contacts in 2025); every contact has them, so none keeps them."""


def implied_of_contact(properties: Mapping[str, str]) -> dict[str, str]:
    """Compute what a contact tells beyond what it keeps."""
    name = " ".join(properties[part] for part in ("firstname", "lastname") if part in properties)
    return {**UNTOUCHED, FULL_NAME: name or properties.get("email", "")}


def swapped_addresses(standing: Mapping[str, str], values: Mapping[str, str]) -> dict[str, str]:
    """Make an additional address the first one: the one that was first is additional then (reported: it changes)."""
    additional = [address for address in standing.get(ADDITIONAL, "").split(";") if address]
    asked = values.get("email", "")
    if asked not in additional:
        return {}
    left = [address for address in (standing.get("email"), *additional) if address and address != asked]
    return {ADDITIONAL: ";".join(left)}


def forward_only(stages: Sequence[str], standing: Mapping[str, str], values: Mapping[str, str]) -> dict[str, str]:
    """Leave out a lifecycle stage before the present one (old documentation; it must be cleared first)."""
    now, asked = standing.get(STAGE), values.get(STAGE)
    is_backward = now in stages and asked in stages and stages.index(str(asked)) < stages.index(str(now))
    return {name: value for name, value in values.items() if name != STAGE or not is_backward}
