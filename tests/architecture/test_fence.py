"""The fence: Airflow executes every ``.py`` below ``plugins/`` by its bare name unless ``.airflowignore`` says no."""

from __future__ import annotations

import shutil
from pathlib import Path

from airflow._shared.module_loading import find_path_from_directory

PLUGINS = Path(__file__).resolve().parents[2] / "plugins"


def files_airflow_sees(folder: Path) -> set[str]:
    """What Airflow's plugin manager would execute: the same walk, the same file name, the default glob syntax."""
    found = find_path_from_directory(folder, ".airflowignore", "glob")
    return {str(Path(path).relative_to(folder)) for path in found if str(path).endswith(".py")}


def copy_of_plugins(to: Path) -> Path:
    return Path(shutil.copytree(PLUGINS, to / "plugins", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")))


def test_airflow_sees_only_the_plugin_file() -> None:
    assert files_airflow_sees(PLUGINS) == {"hubspot_import_plugin.py"}


def test_without_the_fence_airflow_would_execute_the_packages(tmp_path: Path) -> None:
    plugins = copy_of_plugins(tmp_path)
    (plugins / ".airflowignore").unlink()
    assert "hubspot_import/errors.py" in files_airflow_sees(plugins)


def test_a_new_module_is_behind_the_fence_without_anyone_thinking_of_it(tmp_path: Path) -> None:
    plugins = copy_of_plugins(tmp_path)
    (plugins / "hubspot_import" / "types.py").write_text("raise SystemExit\n")
    (plugins / "types.py").write_text("raise SystemExit\n")
    assert files_airflow_sees(plugins) == {"hubspot_import_plugin.py"}


def test_airflow_lists_our_plugin_and_no_import_error() -> None:
    from airflow import plugins_manager

    plugins, errors = plugins_manager._get_plugins()
    assert "hubspot_imports" in {plugin.name for plugin in plugins}
    assert errors == {}
