"""Docs in step with the code: commands, settings, links."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from hubspot_import import api
from hubspot_import.planning import scopes
from hubspot_import.settings import CONF_KEYS, ClientSettings, Settings, environment_name

PROJECT = Path(__file__).resolve().parents[2]
DOCS = [
    PROJECT / "README.md",
    PROJECT / "CONTRIBUTING.md",
    PROJECT / "CHANGELOG.md",
    *sorted(PROJECT.glob("docs/**/*.md")),
]
FROM_THE_CONNECTION = {"base_url", "token"}
SET_BY_OUR_OWN_COMMANDS = "HUBSPOT_IMPORT_LAUNCH_"
HUBSPOTS_OWN_WORDS = {"HUBSPOT_DEFINED"}  # a category of association types


def make_targets() -> set[str]:
    """The verbs of the Makefile: those that `make help` lists."""
    text = (PROJECT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z][a-z-]*):.*##", text, flags=re.MULTILINE))


def documented_targets(path: Path) -> set[str]:
    """The verbs named as code: `make verb` in a line or a block."""
    code = re.findall(r"```.*?```|`[^`\n]+`", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return {target for piece in code for target in re.findall(r"\bmake ([a-z][a-z-]*)", piece)}


def settings_section(title: str) -> dict[str, list[str]]:
    """The table below one heading of docs/settings.md: first cell → the other cells, without backticks."""
    text = (PROJECT / "docs" / "settings.md").read_text(encoding="utf-8")
    section = text.partition(f"## {title}\n")[2].partition("\n## ")[0]
    rows = [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in section.splitlines() if "| `" in line]
    return {row[0]: row[1:] for row in rows}


def variables_the_code_reads() -> set[str]:
    """The names of our own in quotes: what is looked up in the environment."""
    folders = ("plugins/hubspot_import", "plugins/hubspot_provider", "dags")
    text = "\n".join(
        path.read_text(encoding="utf-8") for folder in folders for path in (PROJECT / folder).rglob("*.py")
    )
    names = set(re.findall(r"\"(HUBSPOT_[A-Z_]*[A-Z])\"", text))
    return {name for name in names - HUBSPOTS_OWN_WORDS if not name.startswith(SET_BY_OUR_OWN_COMMANDS)}


def client_settings() -> dict[str, str]:
    defaults = {setting.name: setting.default for setting in fields(ClientSettings)}
    return {
        name: "none" if value is None else str(value)
        for name, value in defaults.items()
        if name not in FROM_THE_CONNECTION
    }


def links(path: Path) -> list[str]:
    targets = re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8"))
    return [target for target in targets if not target.startswith(("http", "mailto:"))]


def anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def link_holds(path: Path, target: str) -> bool:
    name, _, anchor = target.partition("#")
    file = (path.parent / name).resolve() if name else path
    return file.exists() and (not anchor or anchor in anchors(file))


@pytest.mark.parametrize("path", DOCS, ids=lambda path: str(path.relative_to(PROJECT)))
def test_every_command_the_docs_name_exists(path: Path) -> None:
    assert documented_targets(path) <= make_targets()


def test_every_command_is_in_the_readme() -> None:
    assert make_targets() - documented_targets(PROJECT / "README.md") == set()


def test_every_verb_of_the_makefile_explains_itself_and_is_phony() -> None:
    text = (PROJECT / "Makefile").read_text(encoding="utf-8")
    phony = set(" ".join(re.findall(r"^\.PHONY:(.*)$", text, flags=re.MULTILINE)).split())
    assert {
        "help",
        "setup",
        "fmt",
        "lint",
        "types",
        "test",
        "demo",
        "import",
        "up",
        "down",
        "bench",
        "clean",
    } <= make_targets()
    assert make_targets() <= phony


@pytest.mark.parametrize("path", DOCS, ids=lambda path: str(path.relative_to(PROJECT)))
def test_no_link_is_dead(path: Path) -> None:
    assert [target for target in links(path) if not link_holds(path, target)] == []


def test_the_settings_page_lists_every_variable_the_code_reads_and_no_other() -> None:
    sections = (
        "Where things are",
        "When runs start and start again",
        "How HubSpot is asked",
        "The connection",
        "The commands",
    )
    documented = {name for section in sections for name in settings_section(section)}
    assert {name for name in documented if name.startswith("HUBSPOT_")} == variables_the_code_reads()


def test_every_field_of_settings_has_its_variable_documented() -> None:
    documented = settings_section("Where things are")
    assert {f"HUBSPOT_IMPORT_{setting.name.upper()}" for setting in fields(Settings)} == set(documented)


def test_the_settings_page_lists_every_client_setting_with_its_default() -> None:
    rows = settings_section("How HubSpot is asked")
    assert {row[0]: row[1] for row in rows.values()} == client_settings()
    names = {setting.name: environment_name(setting) for setting in fields(ClientSettings)}
    assert all(variable == names[row[0]] for variable, row in rows.items())


def test_the_settings_page_lists_every_param_of_a_run() -> None:
    assert tuple(settings_section("The params of a run")) == CONF_KEYS


def test_the_readme_names_every_scope_a_run_may_need_and_no_other() -> None:
    readme = (
        (PROJECT / "README.md").read_text(encoding="utf-8").partition("### Getting a token")[2].partition("\n## ")[0]
    )
    documented = set(re.findall(r"`(crm\.[a-z.]+|tickets)`", readme))
    by_object_type = (scopes.READ_SCOPES, scopes.WRITE_SCOPES, scopes.SCHEMA_SCOPES)
    assert documented == {scopes.OWNERS_SCOPE, *(scope for table in by_object_type for scope in table.values())}


def test_the_python_page_lists_every_public_call() -> None:
    page = (PROJECT / "docs" / "python.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `([a-z_]+)\(", page, flags=re.MULTILINE))
    assert documented == {name for name in api.__all__ if name.islower()}


def test_every_decision_is_in_the_list_of_decisions() -> None:
    pages = {path.name for path in (PROJECT / "docs" / "adr").glob("[0-9]*.md")}
    assert pages == set(links(PROJECT / "docs" / "adr" / "README.md"))


def test_the_readme_says_what_a_newcomer_asks_first() -> None:
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    for word in (
        "make demo",
        "make test",
        "HUBSPOT_API_KEY",
        "docs/images/report.png",
        "Service key",
        "Khadi97 – WBSE",
    ):
        assert word in readme
