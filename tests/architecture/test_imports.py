"""The direction of imports, three ways: a scan of the sources, import-linter over the graph, ruff in the editor."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
PLUGINS = PROJECT / "plugins"

FORBIDDEN = {
    "plugins/hubspot_import": {"airflow", "hubspot_provider", "hubspot_simulator"},
    "plugins/hubspot_provider": {"hubspot_simulator"},
    "plugins/hubspot_simulator": {"airflow", "hubspot_import", "hubspot_provider"},
    "dags": {"hubspot_simulator"},
}
SLOW_AT_AIRFLOWS_START = {"pandas", "pyarrow", "requests", "fastapi", "jinja2"}


def imported(source: str, *, anywhere: bool = True) -> Iterator[str]:
    """Name what a module imports; with ``anywhere`` also inside functions."""
    tree = ast.parse(source)
    for node in ast.walk(tree) if anywhere else tree.body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield str(node.module)


def top_names(names: Iterator[str]) -> set[str]:
    return {name.partition(".")[0] for name in names}


def broken_copy(to: Path, module: str, line: str) -> Path:
    """Copy the tree and let one module import what it must not."""
    ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
    shutil.copytree(PLUGINS, to / "plugins", ignore=ignored)
    shutil.copy(PROJECT / "pyproject.toml", to)
    path = to / "plugins" / module
    path.write_text(path.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    return to


def lint_imports(project: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [str(program), "--no-cache"],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(project / "plugins")},
        capture_output=True,
        text=True,
        check=False,
    )


def ruff_codes(project: Path) -> str:
    program = Path(sys.executable).with_name("ruff")
    command = [str(program), "check", "--no-cache", "--select", "TID251", "--output-format", "concise", "plugins"]
    return subprocess.run(command, cwd=project, capture_output=True, text=True, check=False).stdout


@pytest.mark.parametrize("folder", FORBIDDEN)
def test_no_module_imports_what_its_part_of_the_tree_may_not(folder: str) -> None:
    paths = sorted((PROJECT / folder).rglob("*.py"))
    wrong = {
        str(path.relative_to(PROJECT)): sorted(bad)
        for path in paths
        if (bad := top_names(imported(path.read_text(encoding="utf-8"))) & FORBIDDEN[folder])
    }
    assert paths
    assert wrong == {}


def test_the_plugin_file_imports_only_the_plugin_class() -> None:
    source = (PLUGINS / "hubspot_import_plugin.py").read_text(encoding="utf-8")
    outside_functions = set(imported(source, anywhere=False)) - {"__future__"}
    assert "airflow.plugins_manager" in outside_functions
    assert outside_functions <= {"airflow.plugins_manager", "functools", "typing"}


def test_what_runs_inside_airflows_start_imports_nothing() -> None:
    for name in ("__init__.py", "provider_info.py"):
        source = (PLUGINS / "hubspot_provider" / name).read_text(encoding="utf-8")
        assert set(imported(source)) <= {"__future__", "typing"}


def test_a_dag_file_imports_no_stage_and_nothing_slow() -> None:
    for path in (PROJECT / "dags").glob("*.py"):
        names = set(imported(path.read_text(encoding="utf-8"), anywhere=False))
        assert not {name for name in names if name.endswith(".stage") or name == "hubspot_import.pipeline"}
        assert not top_names(iter(names)) & SLOW_AT_AIRFLOWS_START


def test_the_contracts_of_import_linter_are_kept() -> None:
    result = lint_imports(PROJECT)
    assert result.returncode == 0, result.stdout
    assert "4 kept, 0 broken" in result.stdout


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("hubspot_import/model.py", "import airflow", "the core imports neither Airflow nor the glue"),
        ("hubspot_simulator/__init__.py", "import hubspot_import.model", "the simulator stands alone"),
        ("hubspot_provider/__init__.py", "import hubspot_simulator", "the simulator is reached over HTTP only"),
        ("hubspot_import/model.py", "import hubspot_import.tables", "inside the core imports flow one way"),
    ],
)
def test_import_linter_sees_a_wrong_import(tmp_path: Path, module: str, line: str, contract: str) -> None:
    result = lint_imports(broken_copy(tmp_path, module, line))
    assert result.returncode != 0
    assert f"{contract} BROKEN" in result.stdout


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("hubspot_import/model.py", "import airflow"),
        ("hubspot_import/model.py", "import hubspot_provider"),
        ("hubspot_provider/__init__.py", "import hubspot_simulator"),
        ("hubspot_simulator/__init__.py", "import hubspot_import"),
    ],
)
def test_ruff_sees_a_wrong_import(tmp_path: Path, module: str, line: str) -> None:
    assert module in ruff_codes(broken_copy(tmp_path, module, line))
