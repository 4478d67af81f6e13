"""`make up`: what a RevOps person does in the browser, what a schedule does by itself, and what a retry looks like.

One Airflow for all: it runs by schedule each minute, and the tests trigger runs of their own in between.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from support.airflow_up import RunningAirflow, airflow_up
from support.browser import a_page
from support.processes import wait_for
from support.sources import a_source, some_companies, some_contacts

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(400)]

DAG_ID = "hubspot_bulk_import"
ROWS = {"companies": 48, "contacts": 81, "tickets": 166}


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_source(
        tmp_path_factory.mktemp("inbox"), companies=some_companies(3), contacts=some_contacts(250, company="Firma 1")
    )


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory, inbox: Path) -> Iterator[RunningAirflow]:
    with airflow_up(
        tmp_path_factory.mktemp("up"),
        HUBSPOT_IMPORT_SCHEDULE="* * * * *",
        HUBSPOT_IMPORT_SOURCES=f"include:{inbox}",
        HUBSPOT_IMPORT_RETRY_DELAY="2",
        MAX_RETRIES="1",
        RETRY_DELAY="0.2",
    ) as running:
        yield running


@pytest.fixture(scope="module")
def page(up: RunningAirflow) -> Iterator[Any]:
    with a_page() as page:
        page.goto(up.address)
        page.fill("input[name=username]", "admin")
        page.fill("input[name=password]", up.password)
        page.click("button[type=submit]")
        page.wait_for_url(lambda url: "login" not in url)
        yield page


def test_the_dag_is_listed_without_an_import_error(up: RunningAirflow, page: Any) -> None:
    page.goto(f"{up.address}/dags")
    page.get_by_role("link", name=DAG_ID).first.wait_for()
    assert up.get("importErrors")["total_entries"] == 0
    assert page.get_by_text("Dag Import Error").count() == 0


def test_the_connection_type_hubspot_is_in_the_form(up: RunningAirflow, page: Any) -> None:
    page.goto(f"{up.address}/connections")
    page.get_by_role("button", name="Add Connection").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox").first.click()
    page.keyboard.type("HubSpot")
    option = page.get_by_role("option", name="hubspot", exact=False).first
    option.wait_for()
    assert "hubspot" in option.inner_text().lower()
    page.keyboard.press("Escape")


def test_a_run_triggered_with_the_form_ends_green(up: RunningAirflow, page: Any) -> None:
    page.goto(f"{up.address}/dags/{DAG_ID}")
    page.get_by_role("button", name="Trigger").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("Source folder").wait_for()
    dialog.get_by_role("button", name="Trigger").click()
    runs = wait_for(lambda: up.runs("manual"), 30, "the triggered run is there")
    assert up.wait_for_run(runs[0]["dag_run_id"]) == "success"
    page.goto(f"{up.address}/dags/{DAG_ID}/runs/{runs[0]['dag_run_id']}/tasks/import_contacts")
    page.get_by_text("import_contacts: done in").first.wait_for()


def test_each_log_has_rows_in_and_out_batches_and_a_closing_line_and_nobody_s_address(up: RunningAirflow) -> None:
    run_id = up.runs("scheduled")[0]["dag_run_id"]
    assert up.wait_for_run(run_id) == "success"
    logs = {task_id: up.log(run_id, task_id) for task_id in up.tasks(run_id)}
    assert len(logs) == 9
    for task_id, log in logs.items():
        assert f"{task_id}: done in" in log
        assert "@" not in log, task_id
    assert "81 rows in" in logs["load"]
    assert "81 rows in, 81 valid" in logs["validate"]
    assert "contacts: batch 1/1" in logs["import_contacts"]
    assert "tickets: batch 2/2" in logs["import_tickets"]
    assert "81 rows in" in logs["import_contacts"]
    assert "81 rows out" in logs["import_contacts"]
    assert "batch 1/1" in logs["associate"]


def test_two_scheduled_runs_start_by_themselves_and_the_second_changes_nothing(up: RunningAirflow) -> None:
    wait_for(lambda: len(up.runs("scheduled")) >= 2, 130, "a second scheduled run")
    first, second = (run["dag_run_id"] for run in up.runs("scheduled")[:2])
    assert [up.wait_for_run(first), up.wait_for_run(second)] == ["success", "success"]
    objects = up.report(second)["objects"]
    assert {name: entry["unchanged"] for name, entry in objects.items()} == ROWS
    assert {entry["created"] + entry["updated"] for entry in objects.values()} == {0}


def test_a_503_beyond_patience_is_one_red_try_and_one_green_and_nothing_is_sent_twice(
    up: RunningAirflow, inbox: Path
) -> None:
    held = up.simulator.holdings()
    up.simulator.order_fault(count=6, status=503, path_contains="/contacts/batch/upsert")  # 3 batches, twice each
    run_id = up.trigger({"source": str(inbox)})
    assert up.wait_for_run(run_id) == "success"
    assert up.tasks(run_id)["import_contacts"]["try_number"] == 2
    first, second = (up.log(run_id, "import_contacts", number) for number in (1, 2))
    assert "IncompleteImportError" in first
    assert "import_contacts: done in" in second
    assert up.simulator.holdings()["contacts"] == held["contacts"] + 250
    assert up.report(run_id)["objects"]["contacts"]["created"] == 250


def test_without_quota_a_task_is_parked_until_the_reset_and_then_goes_on(up: RunningAirflow, inbox: Path) -> None:
    source = a_source(inbox / "parked", contacts=some_contacts(150, jobtitle="Parked"))
    run_id = up.trigger({"source": str(source)})
    wait_for(lambda: up.tasks(run_id)["preflight"]["state"] == "success", 120, "the plan is made")
    back = datetime.now(UTC) + timedelta(seconds=25)
    usage = {"results": [{"usageLimit": 250_000, "currentUsage": 250_000, "resetsAt": back.isoformat()}]}
    up.simulator.order_fault(count=1, status=429, policy="DAILY", path_contains="/contacts/batch/up")
    up.simulator.order_fault(count=1, status=200, body=usage, path_contains="/api-usage/")
    parked = wait_for(lambda: up.tasks(run_id)["import_contacts"]["state"] == "up_for_reschedule", 60, "it is parked")
    assert (parked, up.wait_for_run(run_id)) == (True, "success")
    assert up.tasks(run_id)["import_contacts"]["try_number"] == 1
    assert up.report(run_id)["objects"]["contacts"]["updated"] == 150
