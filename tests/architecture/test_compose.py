"""The deployment files hold together: without an engine this is as far as they can be tried."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

PROJECT = Path(__file__).resolve().parents[2]
COMPOSE = PROJECT / "docker-compose.yaml"
DOCKERFILE = PROJECT / "Dockerfile"

SERVICES = {
    "postgres",
    "redis",
    "airflow-folders",
    "airflow-init",
    "airflow-apiserver",
    "airflow-scheduler",
    "airflow-dag-processor",
    "airflow-triggerer",
    "airflow-worker",
    "simulator",
}
RUN_ONCE = {"airflow-folders", "airflow-init"}
SECRETS = {
    "AIRFLOW_ADMIN_PASSWORD",
    "AIRFLOW_FERNET_KEY",
    "AIRFLOW_JWT_SECRET",
    "AIRFLOW_SECRET_KEY",
    "HUBSPOT_API_KEY",
    "POSTGRES_PASSWORD",
    "REDIS_PASSWORD",
}
VARIABLE = re.compile(r"(?<!\$)\$\{(?P<name>[A-Z_]+)(?::(?P<how>[-?])(?P<word>[^}]*))?\}")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))
    return loaded


def interpolated(text: str, values: dict[str, str]) -> str:
    """Do what compose does with ``${NAME}``, ``${NAME:-default}`` and ``${NAME:?message}``."""

    def value(match: re.Match[str]) -> str:
        default = match["word"] if match["how"] == "-" else ""
        return values.get(match["name"]) or default

    return VARIABLE.sub(value, text)


def example_variables() -> dict[str, bool]:
    """The variables of .env.example, and whether each is active (not commented out)."""
    text = (PROJECT / ".env.example").read_text(encoding="utf-8")
    lines = re.findall(r"^(# )?([A-Z_]+)=", text, flags=re.MULTILINE)
    return {name: not comment for comment, name in reversed(lines)}


def used_variables() -> Iterator[re.Match[str]]:
    return VARIABLE.finditer(COMPOSE.read_text(encoding="utf-8"))


def run_tool(name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name(name)
    return subprocess.run([str(program), *arguments], cwd=PROJECT, capture_output=True, text=True, check=False)


def test_the_compose_file_is_valid_by_the_compose_specification() -> None:
    result = run_tool("check-jsonschema", "--builtin-schema", "vendor.compose-spec", str(COMPOSE))
    assert result.returncode == 0, result.stdout


def test_hadolint_finds_nothing_in_the_dockerfile() -> None:
    result = run_tool("hadolint", str(DOCKERFILE))
    assert (result.returncode, result.stdout) == (0, "")


def test_every_service_of_a_celery_deployment_is_there(compose: dict[str, Any]) -> None:
    assert set(compose["services"]) == SERVICES


def test_every_service_that_stays_up_has_a_health_check(compose: dict[str, Any]) -> None:
    without = {name for name, service in compose["services"].items() if "healthcheck" not in service}
    assert without == RUN_ONCE


def test_what_a_service_waits_for_exists_and_can_come_true(compose: dict[str, Any]) -> None:
    services = compose["services"]
    for service in services.values():
        for name, how in service.get("depends_on", {}).items():
            wanted = "service_completed_successfully" if name in RUN_ONCE else "service_healthy"
            assert name in services
            assert how["condition"] == wanted


def test_every_named_volume_is_declared_and_used(compose: dict[str, Any]) -> None:
    mounts = [str(mount) for service in compose["services"].values() for mount in service.get("volumes", ())]
    named = {mount.partition(":")[0] for mount in mounts if not mount.startswith(("$", ".", "/"))}
    assert named == set(compose["volumes"])


def test_every_build_target_is_a_stage_of_the_dockerfile(compose: dict[str, Any]) -> None:
    stages = set(re.findall(r"^FROM \S+ AS (\S+)$", DOCKERFILE.read_text(encoding="utf-8"), flags=re.MULTILINE))
    targets = {service["build"]["target"] for service in compose["services"].values() if "build" in service}
    assert targets == stages == {"airflow", "simulator"}


def test_everything_the_dockerfile_copies_exists_and_reaches_the_build() -> None:
    copies = re.findall(r"^COPY (?:--\S+ )*(.+) \S+$", DOCKERFILE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    sources = [source for line in copies for source in line.split()]
    kept = {line.lstrip("!") for line in (PROJECT / ".dockerignore").read_text().split() if line.startswith("!")}
    assert sources
    assert [source for source in sources if not (PROJECT / source).exists()] == []
    assert {source.partition("/")[0] for source in sources} == kept


def test_the_product_image_leaves_the_simulator_out() -> None:
    product = DOCKERFILE.read_text(encoding="utf-8").partition(" AS airflow")[2]
    assert "COPY --chown=airflow:root plugins/hubspot_import " in product
    assert "simulator" not in product.replace("# ", "")


def test_only_the_demo_profile_starts_the_simulator(compose: dict[str, Any]) -> None:
    profiles = {name: service["profiles"] for name, service in compose["services"].items() if "profiles" in service}
    assert profiles == {"simulator": ["demo"]}


def test_every_variable_of_compose_is_in_the_example() -> None:
    assert {match["name"] for match in used_variables()} <= set(example_variables())


def test_every_variable_of_the_example_is_read_by_somebody() -> None:
    used = {match["name"] for match in used_variables()}
    assert set(example_variables()) - used - {"COMPOSE_PROFILES"} == set()


def test_the_defaults_in_the_example_are_those_of_compose() -> None:
    text = (PROJECT / ".env.example").read_text(encoding="utf-8").partition("Compose: the demo profile")[0]
    shown = dict(re.findall(r"^# ([A-Z_]+)=(.*)$", text, flags=re.MULTILINE))
    defaults = {match["name"]: match["word"] for match in used_variables() if match["how"] == "-"}
    shown.pop("HUBSPOT_IMPORT_SOURCE")  # an example: the default is none
    assert {name: defaults[name] for name in shown} == shown


def test_no_secret_has_a_default() -> None:
    for match in used_variables():
        if match["name"] in SECRETS:
            assert match["how"] != "-"


def test_a_missing_secret_stops_compose_with_a_message() -> None:
    demanded = {match["name"] for match in used_variables() if match["how"] == "?"}
    assert demanded == SECRETS


def test_the_example_asks_for_every_secret_and_holds_none() -> None:
    text = (PROJECT / ".env.example").read_text(encoding="utf-8").partition("Compose: the demo profile")[0]
    active = dict(re.findall(r"^([A-Z_]+)=(.*)$", text, flags=re.MULTILINE))
    assert active == dict.fromkeys(SECRETS, "")


@pytest.mark.parametrize("service", ["airflow-worker", "airflow-apiserver", "airflow-triggerer"])
def test_the_key_becomes_the_connection(compose: dict[str, Any], service: str) -> None:
    text = compose["services"][service]["environment"]["AIRFLOW_CONN_HUBSPOT_DEFAULT"]
    connection = json.loads(interpolated(text, {"HUBSPOT_API_KEY": "pat-na1-1"}))
    assert connection == {
        "conn_type": "hubspot",
        "host": "https://api.hubapi.com",
        "password": "pat-na1-1",
        "extra": {"allow_http": "false"},
    }


def test_services_that_do_not_talk_to_hubspot_do_not_see_the_token(compose: dict[str, Any]) -> None:
    seeing = {name for name, service in compose["services"].items() if "HUBSPOT_API_KEY" in str(service)}
    assert seeing == {"airflow-worker", "airflow-apiserver", "airflow-triggerer"}


def test_the_lines_of_the_demo_profile_lead_to_the_simulator(compose: dict[str, Any]) -> None:
    from hubspot_simulator.tokens import DEFAULT_TOKEN

    text = (PROJECT / ".env.example").read_text(encoding="utf-8").partition("Compose: the demo profile")[2]
    values = dict(re.findall(r"^# ([A-Z_]+)=(.*)$", text, flags=re.MULTILINE))
    environment = compose["services"]["airflow-worker"]["environment"]
    connection = json.loads(interpolated(environment["AIRFLOW_CONN_HUBSPOT_DEFAULT"], values))
    assert connection["password"] == DEFAULT_TOKEN
    assert connection["host"] == "http://simulator:8025"
    assert connection["extra"] == {"allow_http": "true"}


@pytest.mark.parametrize("service", sorted(SERVICES - {"postgres", "redis", "simulator", *RUN_ONCE}))
def test_the_services_of_airflow_share_what_they_must_agree_on(compose: dict[str, Any], service: str) -> None:
    environment = compose["services"][service]["environment"]
    shared = compose["x-environment"]
    assert {name: environment[name] for name in shared} == shared
    assert environment["AIRFLOW__CORE__AUTH_MANAGER"].endswith(".SimpleAuthManager")
    assert {"AIRFLOW__API_AUTH__JWT_SECRET", "AIRFLOW__API__SECRET_KEY", "AIRFLOW__CORE__FERNET_KEY"} <= set(shared)


def test_a_stopped_worker_may_finish_its_tasks(compose: dict[str, Any]) -> None:
    worker = compose["services"]["airflow-worker"]
    assert worker["environment"]["DUMB_INIT_SETSID"] == "0"
    assert worker["stop_grace_period"] == "10m"


def test_init_migrates_and_makes_the_pool_and_the_user(compose: dict[str, Any]) -> None:
    (script,) = compose["services"]["airflow-init"]["command"]
    assert script.splitlines()[0] == "airflow db migrate"
    assert 'airflow pools set hubspot "$$HUBSPOT_POOL_SLOTS"' in script
    assert "> /opt/airflow/auth/passwords.json" in script


def test_the_user_init_makes_is_one_the_auth_manager_reads(tmp_path: Path, compose: dict[str, Any]) -> None:
    (script,) = compose["services"]["airflow-init"]["command"]
    command = script.replace("$$", "$").replace("/opt/airflow/auth", str(tmp_path)).partition("umask 077\n")[2]
    environment = {
        "AIRFLOW_ADMIN_USER": "ada",
        "AIRFLOW_ADMIN_PASSWORD": "a b'c",
        "PATH": str(Path(sys.executable).parent),
    }
    subprocess.run(["/bin/bash", "-ec", command], env=environment, check=True)
    assert json.loads((tmp_path / "passwords.json").read_text()) == {"ada": "a b'c"}


def test_the_simulators_lock_holds_the_versions_of_the_products() -> None:
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^[a-z0-9-]+==[^ ;]+", (PROJECT / name).read_text(), flags=re.MULTILINE))

    assert pins("requirements-simulator.txt")
    assert pins("requirements-simulator.txt") <= pins("requirements.txt")
