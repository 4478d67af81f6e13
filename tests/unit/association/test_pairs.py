from __future__ import annotations

from typing import Any

import pandas as pd

from hubspot_import.association.pairs import (
    compose,
    open_links,
    record_ids,
    resolve,
    sendable,
    sent_links,
    settled_links,
)
from hubspot_import.client.wire import Link, LinkOutcome, LinkType
from hubspot_import.tables import LINK_OUTCOMES, LINK_PLAN

PLAIN = '[["HUBSPOT_DEFINED", 279]]'
WITH_A_LABEL = '[["HUBSPOT_DEFINED", 279], ["USER_DEFINED", 37]]'


def links(*lines: dict[str, Any]) -> pd.DataFrame:
    frame = pd.DataFrame([{"action": "create", **line} for line in lines], columns=LINK_PLAN.names)
    return frame.astype({"to_row": "Int64", "from_id": "str", "to_id": "str"})


def made(*lines: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(lines, columns=LINK_OUTCOMES.names)


def ids(**by_row: str) -> pd.Series:
    return pd.Series({int(row.removeprefix("r")): record_id for row, record_id in by_row.items()}, dtype="str")


def test_ids_come_from_the_import_else_from_the_plan():
    outcomes = pd.DataFrame({"row": [2, 3], "record_id": ["20", None]})
    plan = pd.DataFrame({"row": [2, 3, 4], "record_id": [None, "30", "40"]})
    assert record_ids(outcomes, plan).to_dict() == {2: "20", 3: "30", 4: "40"}


def test_a_link_an_earlier_attempt_made_is_not_open():
    plan = links(
        {"from_row": 2, "to_row": 5, "from_id": "20", "to_id": "50"},
        {"from_row": 3, "to_row": 5, "from_id": "30", "to_id": "50"},
    )
    last = made({"from_row": 2, "to_row": 5, "from_id": "20", "to_id": "50", "status": "created"})
    assert open_links(plan, last)["from_row"].tolist() == [3]


def test_a_link_of_a_record_that_was_made_anew_is_open_again():
    plan = links({"from_row": 2, "to_row": 5, "from_id": "21", "to_id": "50"})
    last = made({"from_row": 2, "to_row": 5, "from_id": "20", "to_id": "50", "status": "created"})
    assert open_links(plan, last)["from_id"].tolist() == ["21"]


def test_a_link_that_stood_is_to_be_made_when_its_end_was_made_anew():
    plan = links({"from_row": 2, "to_row": 5, "from_id": "20", "to_id": "50", "action": "unchanged"})
    assert resolve(plan, ids(r2="21"), ids(r5="50"))["action"].tolist() == ["create"]
    assert resolve(plan, ids(r2="20"), ids(r5="50"))["action"].tolist() == ["unchanged"]


def test_a_link_that_failed_or_had_no_parent_is_open_again():
    plan = links({"from_row": 2, "to_row": 5}, {"from_row": 3, "to_row": 6})
    last = made({"from_row": 2, "to_row": 5, "status": "failed"}, {"from_row": 3, "to_row": 6, "status": "no_parent"})
    assert open_links(plan, last)["from_row"].tolist() == [2, 3]


def test_links_to_records_outside_the_files_are_told_apart_by_id():
    plan = links({"from_row": 2, "from_id": "20", "to_id": "50"}, {"from_row": 2, "from_id": "20", "to_id": "51"})
    last = made({"from_row": 2, "from_id": "20", "to_id": "50", "status": "created"})
    assert open_links(plan, last)["to_id"].tolist() == ["51"]


def test_ends_are_filled_in_from_what_was_written():
    found = resolve(links({"from_row": 2, "to_row": 5}), ids(r2="20"), ids(r5="50"))
    assert found[["from_id", "to_id"]].to_numpy().tolist() == [["20", "50"]]


def test_a_link_whose_end_was_never_written_has_no_parent_and_says_which():
    resolved = resolve(links({"from_row": 2, "to_row": 5}, {"from_row": 3, "to_row": 5}), ids(r2="20"), ids())
    settled = settled_links(resolved)
    assert settled["status"].tolist() == ["no_parent", "no_parent"]
    assert settled["category"].tolist() == ["TO_NOT_WRITTEN", "FROM_NOT_WRITTEN"]
    assert sendable(resolved).empty


def test_a_link_that_stands_is_existing_and_not_sent():
    standing = links({"from_row": 2, "to_row": 5, "from_id": "20", "to_id": "50", "action": "unchanged"})
    assert settled_links(standing)["status"].tolist() == ["existing"]
    assert sendable(standing).empty


def test_a_pair_is_sent_with_the_types_it_was_planned_with():
    (link,) = compose(links({"from_id": "20", "to_id": "50", "types": WITH_A_LABEL})).values()
    assert link == Link(
        from_id="20",
        to_id="50",
        type_ids=(279,),
        more_types=(LinkType(type_id=37, category="USER_DEFINED"),),
    )


def test_a_pair_is_sent_once_and_answers_for_all_its_links():
    twice = links(
        {"from_row": 2, "to_row": 5, "from_id": "20", "to_id": "50", "types": PLAIN},
        {"from_row": 3, "to_row": 5, "from_id": "20", "to_id": "50", "types": PLAIN},
    )
    (link,) = compose(twice).values()
    answer = {("20", "50"): LinkOutcome(link=link, is_written=True)}
    assert sent_links(twice, answer)["status"].tolist() == ["created", "created"]


def test_a_refused_link_failed_with_hubspots_words():
    one = links({"from_row": 2, "to_row": 5, "from_id": "20", "to_id": "50", "types": PLAIN})
    (link,) = compose(one).values()
    refusal = LinkOutcome(link=link, is_written=False, category="TO_OBJECT_NOT_FOUND", message="gone")
    found = sent_links(one, {("20", "50"): refusal}).iloc[0]
    assert (found["status"], found["category"], found["message"]) == ("failed", "TO_OBJECT_NOT_FOUND", "gone")


def test_links_hubspot_has_not_answered_for_have_no_outcome_yet():
    assert sent_links(links({"from_row": 2, "to_row": 5, "from_id": "20", "to_id": "50"}), {}).empty
