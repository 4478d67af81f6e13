"""docs/write-path.md says of every failure what policy.py does about it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hubspot_import.client.answer import Attempt
from hubspot_import.client.policy import ACTIONS, Action, action_of
from hubspot_import.client.request import ApiRequest

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "write-path.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (\d{3}|no answer|no JSON)(?: `(\w+)`)? \| (\w+) \|", PAGE, flags=re.MULTILINE)
ANSWERS = {"repeat": Action.RETRY, "wait": Action.THROTTLE, "split": Action.SPLIT, "stop": Action.FAIL}
BATCH = ApiRequest(label="upsert contacts", method="POST", path="/", is_write=True, is_splittable=True)


def a_try(failure: str, policy: str) -> Attempt:
    if failure == "no answer":
        return Attempt(status=None)
    if failure == "no JSON":
        return Attempt(status=200, is_whole=False)
    return Attempt(status=int(failure), body={"category": "VALIDATION_ERROR", "policyName": policy})


@pytest.mark.parametrize(("failure", "policy", "answer"), ROWS)
def test_the_page_says_what_is_done(failure: str, policy: str, answer: str) -> None:
    assert action_of(a_try(failure, policy), BATCH) is ANSWERS[answer]


def test_the_page_leaves_no_status_out_that_has_an_answer_of_its_own() -> None:
    assert {status for status in ACTIONS if str(status) not in {failure for failure, _, _ in ROWS}} == set()
    assert len(ROWS) > 20


@pytest.mark.parametrize("state", ["waiting", "sent", "halves", "refused", "given_up", "written"])
def test_the_states_of_a_batch_are_drawn(state: str) -> None:
    assert re.search(rf"-->\s*{state}\b|{state} -->", PAGE)
