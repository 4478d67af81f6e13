"""What may lie where: top-level names, sizes, module names, and that only stage.py touches the world."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
PLUGINS = PROJECT / "plugins"
CORE = PLUGINS / "hubspot_import"

ALLOWED_AT_THE_TOP = {
    ".airflowignore",
    ".ci",
    ".dockerignore",
    ".env.example",
    ".git",
    ".gitignore",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Dockerfile",
    "LICENSE",
    "Makefile",
    "README.md",
    "dags",
    "docker-compose.yaml",
    "docs",
    "include",
    "plugins",
    "pyproject.toml",
    "requirements-bootstrap.txt",
    "requirements-dev.in",
    "requirements-dev.txt",
    "requirements-simulator.in",
    "requirements-simulator.txt",
    "requirements.in",
    "requirements.txt",
    "tests",
}
MAX_MODULE_LINES = 300
MAX_FUNCTION_LINES = 50
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "base", "manager", "misc"}
STAGE_PACKAGES = ("loading", "validation", "extraction", "planning", "importing", "association", "reporting")

WORLDLY_MODULES = {"os", "requests", "shutil", "socket", "subprocess", "tempfile", "time", "urllib"}
WORLDLY_CALLS = {
    "glob",
    "iterdir",
    "mkdir",
    "now",
    "open",
    "read_bytes",
    "read_csv",
    "read_parquet",
    "read_text",
    "rglob",
    "to_csv",
    "to_parquet",
    "today",
    "unlink",
    "utcnow",
    "write_bytes",
    "write_parquet",
    "write_text",
}


def modules(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((PROJECT / folder).rglob("*.py"))]


def pure_modules() -> list[Path]:
    """The modules of the stage packages that must not touch disk, network, clock or environment."""
    return [
        path for package in STAGE_PACKAGES for path in sorted((CORE / package).rglob("*.py")) if path.name != "stage.py"
    ]


def worldly_things(source: str) -> Iterator[str]:
    """Name the imports and calls by which a module would reach disk, network, clock or environment."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.partition(".")[0] in WORLDLY_MODULES)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in WORLDLY_MODULES:
            yield str(node.module)
        elif isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in WORLDLY_CALLS and not _is_text_only(node):
                yield f"{name}()"


def _is_text_only(call: ast.Call) -> bool:
    """``frame.to_csv()`` without a target gives a text, and ``read_csv(pa.BufferReader(…))`` reads memory."""
    if not isinstance(call.func, ast.Attribute):
        return False
    reads_memory = call.func.attr == "read_csv" and ast.unparse(call.args[0]).startswith("pa.BufferReader(")
    return reads_memory or (call.func.attr == "to_csv" and not call.args)


def ignored_at_the_top() -> set[str]:
    lines = (PROJECT / ".gitignore").read_text(encoding="utf-8").split()
    return {line.strip("/") for line in lines}


def test_only_the_agreed_names_stand_at_the_top() -> None:
    present = {path.name for path in PROJECT.iterdir()}
    assert present - ignored_at_the_top() <= ALLOWED_AT_THE_TOP


def test_there_is_nothing_but_data_in_include() -> None:
    assert [path.name for path in (PROJECT / "include").rglob("*.py")] == []


@pytest.mark.parametrize("path", modules("plugins", "dags", "tests"), ids=lambda path: str(path.relative_to(PROJECT)))
def test_a_module_is_one_idea(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= MAX_MODULE_LINES
    assert path.stem not in VAGUE_NAMES
    assert path.parent.name not in VAGUE_NAMES


@pytest.mark.parametrize("path", modules("plugins", "dags"), ids=lambda path: str(path.relative_to(PROJECT)))
def test_a_function_does_one_thing(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    too_long = [node.name for node in functions if (node.end_lineno or 0) - node.lineno + 1 > MAX_FUNCTION_LINES]
    assert too_long == []


def test_a_package_exports_by_its_modules() -> None:
    packages = [path for path in modules("plugins") if path.name == "__init__.py"]
    for path in packages:
        statements = ast.parse(path.read_text(encoding="utf-8")).body
        assert all(isinstance(node, ast.Expr) or "__future__" in ast.unparse(node) for node in statements), path


@pytest.mark.parametrize("path", pure_modules(), ids=lambda path: str(path.relative_to(CORE)))
def test_only_the_stage_module_of_a_stage_touches_the_world(path: Path) -> None:
    assert sorted(worldly_things(path.read_text(encoding="utf-8"))) == []


def test_the_scan_would_see_a_module_that_touches_the_world() -> None:
    lines = [
        "import os",
        "from urllib.request import urlopen",
        "x = open('a')",
        "path.write_text('b')",
        "f.to_csv('c')",
        "read_csv('d')",
        "pd.read_csv(path)",
    ]
    source = "\n".join([*lines, "text = f.to_csv()", "csv.read_csv(pa.BufferReader(text))"])
    seen = ["open()", "os", "read_csv()", "read_csv()", "to_csv()", "urllib.request", "write_text()"]
    assert sorted(worldly_things(source)) == seen


@pytest.mark.parametrize("package", STAGE_PACKAGES)
def test_every_stage_package_has_its_stage_module(package: str) -> None:
    assert (CORE / package / "stage.py").exists()
