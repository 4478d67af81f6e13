"""`make import` as a user starts it: a process, against an account in another process, on files never seen here."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.processes import Importer, SimulatorProcess, report_of, simulator_process
from support.sources import a_faulty_source, a_labelled_source, a_source, some_companies, some_contacts

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("import")


@pytest.fixture
def simulator() -> Iterator[SimulatorProcess]:
    with simulator_process() as running:
        yield running


@pytest.fixture
def importer(simulator: SimulatorProcess, home: Path) -> Importer:
    return Importer(simulator=simulator, home=home)


def test_a_folder_with_faults_imports_the_rest_and_shows_the_steps(importer: Importer, tmp_path: Path) -> None:
    done = importer.run(a_faulty_source(tmp_path / "inbox"))
    report = report_of(done)
    assert (done.returncode, report["status"]) == (0, "degraded"), done.stderr
    assert importer.simulator.holdings() == {"companies": 20, "contacts": 16, "tickets": 18}
    steps = [line for line in done.stdout.splitlines() if line.startswith("STEP ")]
    assert [step.split(":")[0] for step in dict.fromkeys(steps)][:4] == [f"STEP {n}/6" for n in range(1, 5)]
    assert "VALIDATION ERRORS" in done.stdout
    assert "@" not in "".join(line for line in done.stdout.split("VALIDATION ERRORS")[0])


def test_headers_as_hubspot_labels_and_five_extra_columns_import(importer: Importer, tmp_path: Path) -> None:
    done = importer.run(a_labelled_source(tmp_path / "inbox"))
    report = report_of(done)
    assert done.returncode == 0, done.stderr
    assert report["objects"]["contacts"]["created"] == 5
    assert report["associations"]["contact_to_company"]["created"] == 5


def test_a_wrong_token_ends_at_once_with_one_clear_error_and_a_report(importer: Importer, tmp_path: Path) -> None:
    wrong = importer.simulator.connection("pat-na1-99999999-9999-4999-8999-999999999999")
    source = a_source(tmp_path / "inbox", contacts=some_contacts(3))
    done = importer.run(source, AIRFLOW_CONN_HUBSPOT_DEFAULT=wrong)
    assert done.returncode != 0
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("error: TokenError: ")
    assert report_of(done)["status"] == "failed"
    assert importer.simulator.books()["writes"] == 0
    assert importer.simulator.books()["total"] == 1, "no retry"


@pytest.mark.parametrize(
    ("source", "conf", "named"),
    [
        ("no/such/folder", "", "no/such/folder"),
        ("include/data", {"mappings": "{broken}"}, "propertys"),
        ("include/data", {"dryrun": True}, "'dryrun'"),
        ("include/data", {"mode": "merge"}, "'merge'"),
    ],
    ids=["missing folder", "broken mapping", "unknown conf key", "bad mode"],
)
def test_what_cannot_work_is_one_clear_error_and_nothing_is_written(
    importer: Importer, tmp_path: Path, source: str, conf: dict[str, object] | str, named: str
) -> None:
    broken = tmp_path / "mappings"
    broken.mkdir()
    (broken / "contacts.yaml").write_text("object_type: contacts\nsource: contacts.csv\nkey: email\npropertys: {}\n")
    asked = {k: str(broken) if v == "{broken}" else v for k, v in conf.items()} if isinstance(conf, dict) else conf
    done = importer.run(source, asked)
    assert done.returncode != 0
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert named in done.stderr
    assert importer.simulator.books()["total"] == 0


def test_sigterm_ends_it_at_once_and_the_next_start_goes_on(importer: Importer, tmp_path: Path) -> None:
    source = a_source(tmp_path / "inbox", companies=some_companies(150), contacts=some_contacts(150))
    stuck = {"count": 1000, "status": 503, "path_contains": "/contacts/batch/", "method": "POST"}
    importer.simulator.order_fault(**stuck)
    slow = importer.environment(MAX_RETRIES="50", RETRY_DELAY="1")
    command = importer.command(source)
    with subprocess.Popen(command, env=slow, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        shown = iter(process.stdout.readline, "")
        assert any("import contacts" in line for line in shown)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=10)
    assert process.returncode == 143
    assert not _is_anybody_in(str(source)), "the child's group is gone"

    importer.simulator.clear_faults()
    again = importer.run(source)
    assert "Resuming the unfinished run" in again.stdout
    assert report_of(again)["status"] == "success", again.stdout
    assert importer.simulator.holdings() == {"companies": 150, "contacts": 150, "tickets": 0}


def _is_anybody_in(text: str) -> bool:
    """Say whether a process still has this text on its command line."""
    for command_line in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if text.encode() in command_line.read_bytes():
                return True
        except OSError:
            continue
    return False
