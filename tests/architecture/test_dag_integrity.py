"""The DAG as Airflow's own parser sees it."""

from __future__ import annotations

import importlib
import pkgutil
import warnings
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).resolve().parents[2]
DAG_ID = "hubspot_bulk_import"


def warning_of_ours(warning: warnings.WarningMessage) -> bool:
    return str(PROJECT / "plugins") in warning.filename or str(PROJECT / "dags") in warning.filename


@pytest.fixture(scope="module")
def caught() -> list[warnings.WarningMessage]:
    """The warnings met while the glue is imported and the DAG folder is parsed."""
    return []


@pytest.fixture(scope="module")
def bag(airflow_database: None, caught: list[warnings.WarningMessage]) -> Any:
    from airflow.dag_processing.dagbag import DagBag

    import hubspot_provider

    with warnings.catch_warnings(record=True) as recorded:
        warnings.simplefilter("always")
        for module in pkgutil.walk_packages(hubspot_provider.__path__, "hubspot_provider."):
            importlib.import_module(module.name)
        bag = DagBag(dag_folder=str(PROJECT / "dags"))
    caught.extend(recorded)
    return bag


@pytest.fixture(scope="module")
def dag(bag: Any) -> Any:
    return bag.dags[DAG_ID]


def tasks_that_talk_to_hubspot(dag: Any) -> list[Any]:
    from hubspot_import.pipeline import ONLINE_STAGES

    return [task for task in dag.tasks if task.task_id in ONLINE_STAGES]


def test_the_dag_folder_has_no_import_error(bag: Any) -> None:
    assert bag.import_errors == {}
    assert set(bag.dags) == {DAG_ID}


def test_nothing_of_ours_is_deprecated(bag: Any, caught: list[warnings.WarningMessage]) -> None:
    assert bag.dags
    assert [f"{warning.filename}: {warning.message}" for warning in caught if warning_of_ours(warning)] == []


def test_the_tasks_are_the_stages_in_their_order(dag: Any) -> None:
    from hubspot_import.model import Stage

    assert [task.task_id for task in dag.topological_sort()] == list(Stage)


def test_each_task_waits_for_the_one_before(dag: Any) -> None:
    from hubspot_import.model import Stage

    for before, after in pairwise(Stage):
        assert before in dag.get_task(after).upstream_task_ids


def test_the_report_decides_the_state_of_the_run(dag: Any) -> None:
    assert [task.task_id for task in dag.leaves] == ["report"]
    assert dag.get_task("report").trigger_rule == "all_done"


def test_the_form_offers_every_key_a_conf_may_have(dag: Any) -> None:
    from hubspot_import.settings import CONF_KEYS

    assert set(dag.params) == set(CONF_KEYS)


def test_every_param_explains_itself(dag: Any) -> None:
    for name in dag.params:
        param = dag.params.get_param(name)
        assert param.schema.get("title"), name
        assert param.description, name


def test_the_params_without_a_conf_make_a_valid_run(dag: Any) -> None:
    from hubspot_import.settings import Settings, params_from_conf

    settings = Settings(source=PROJECT / "include" / "data")
    assert params_from_conf(dag.params.dump(), settings).source == str(PROJECT / "include" / "data")


def test_one_run_at_a_time_and_none_for_the_past(dag: Any) -> None:
    assert dag.max_active_runs == 1
    assert dag.catchup is False


def test_without_the_setting_there_is_no_schedule(dag: Any) -> None:
    assert dag.schedule is None


def test_a_run_and_each_task_end_some_time(dag: Any) -> None:
    assert dag.dagrun_timeout > timedelta(0)
    assert [task.task_id for task in dag.tasks if not task.execution_timeout] == []


def test_tasks_that_talk_to_hubspot_are_tried_again_more_slowly_and_share_a_pool(dag: Any) -> None:
    tasks = tasks_that_talk_to_hubspot(dag)
    assert len(tasks) == 5
    for task in tasks:
        assert task.retries >= 1
        assert task.retry_exponential_backoff
        assert task.retry_policy is not None
        assert task.pool == "hubspot"


def test_people_can_find_the_dag_and_know_whose_it_is(dag: Any) -> None:
    assert "hubspot" in dag.tags
    assert dag.owner not in ("", "airflow")
    assert dag.doc_md
