"""docs/runbook.md knows every exception, task, message and command there is, and none that is not."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest
from airflow.cli.cli_config import ActionCommand, GroupCommand, core_commands

from hubspot_import import errors
from hubspot_import.model import Stage
from hubspot_provider.command import SUB_COMMANDS

PROJECT = Path(__file__).resolve().parents[2]
PAGE = (PROJECT / "docs" / "runbook.md").read_text(encoding="utf-8")
FAMILIES = {errors.HubSpotImportError, errors.FatalError, errors.RetryableError}
CLASSES = {
    name: kind for name, kind in vars(errors).items() if inspect.isclass(kind) and kind.__module__ == errors.__name__
}


def rows(title: str) -> dict[str, list[str]]:
    """The table below a heading: first cell without backticks → the other cells."""
    section = PAGE.partition(f"## {title}\n")[2].partition("\n## ")[0]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if "| " in line]
    return {row[0].strip("`"): row[1:] for row in cells[1:]}


def words_of_the_code() -> str:
    """All source text, with neighbouring literals of one message joined."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted((PROJECT / "plugins").rglob("*.py")))
    return re.sub(r"\"\s*\n\s*f?\"", "", text)


def test_every_exception_that_can_be_seen_has_its_row_and_no_other() -> None:
    assert set(rows("By exception")) == {name for name, kind in CLASSES.items() if kind not in FAMILIES}


def test_the_families_are_named() -> None:
    assert [kind.__name__ for kind in FAMILIES if f"`{kind.__name__}`" not in PAGE] == []


@pytest.mark.parametrize("name", rows("By exception"))
def test_the_page_says_whether_airflow_tries_again(name: str) -> None:
    is_retried = issubclass(CLASSES[name], errors.RetryableError)
    assert rows("By exception")[name][0] == ("yes" if is_retried else "no")


@pytest.mark.parametrize("name", rows("By exception"))
def test_the_messages_it_quotes_are_messages_of_the_code(name: str) -> None:
    quoted = re.findall(r'"([^"]+)"', rows("By exception")[name][1])
    code = words_of_the_code()
    assert quoted
    assert [message for message in quoted if message not in code] == []


def test_every_task_has_its_row_and_only_exceptions_that_exist() -> None:
    tasks = rows("By task")
    assert list(tasks) == list(Stage)
    named = {name for row in tasks.values() for name in re.findall(r"`(\w+Error)`", row[0])}
    assert named <= set(CLASSES)


def test_every_sub_command_it_names_exists() -> None:
    named = set(re.findall(r"hubspot-import ([a-z]+)", PAGE))
    assert named
    assert named <= set(SUB_COMMANDS)


def test_every_airflow_command_it_names_exists() -> None:
    named = {tuple(words.split()) for words in re.findall(r"`airflow ([a-z]+ [a-z-]+)", PAGE)}
    assert named
    assert named <= _airflow_commands()


def _airflow_commands() -> set[tuple[str, str]]:
    groups = [group for group in core_commands if isinstance(group, GroupCommand)]
    return {
        (group.name, each.name) for group in groups for each in group.subcommands if isinstance(each, ActionCommand)
    }


def test_the_readme_leads_to_it() -> None:
    assert "](docs/runbook.md)" in (PROJECT / "README.md").read_text(encoding="utf-8")
