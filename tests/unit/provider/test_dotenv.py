from __future__ import annotations

from pathlib import Path

from hubspot_provider.commands.dotenv import fill, parse, with_dotenv


def test_comments_blank_lines_and_quotes_are_read_as_a_shell_would() -> None:
    text = "# a comment\n\nONE=1\nexport TWO='a b'\nTHREE=\"c\" \nFOUR=x # why\n"
    assert parse(text) == {"ONE": "1", "TWO": "a b", "THREE": "c", "FOUR": "x"}


def test_what_the_environment_sets_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("A=file\nB=file\n")
    assert with_dotenv({"A": "shell", "B": ""}, tmp_path) == {"A": "shell", "B": "file"}


def test_without_a_file_the_environment_stays_as_it_is(tmp_path: Path) -> None:
    assert with_dotenv({"A": ""}, tmp_path) == {"A": ""}


def test_only_marked_entries_are_given_a_random_value_and_each_another() -> None:
    example = "# Secret. [random hex]\nONE=\n# Other. [random hex]\nTWO=\n# The token.\nHUBSPOT_API_KEY=\n"
    made = parse(fill(example))
    assert len(made["ONE"]) == len(made["TWO"]) == 48
    assert made["ONE"] != made["TWO"]
    assert made["HUBSPOT_API_KEY"] == ""


def test_the_shipped_example_leaves_no_marked_entry_empty() -> None:
    example = (Path(__file__).parents[3] / ".env.example").read_text(encoding="utf-8")
    empty = [name for name, value in parse(fill(example)).items() if not value]
    assert empty == ["HUBSPOT_API_KEY"]
