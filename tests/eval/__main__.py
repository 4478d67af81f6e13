"""`make eval`: precision and recall on the labelled corpus, as a table."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from eval.corpus import Half
from eval.table import measure

TICKETS_OF_A_HALF = 10_000


def main() -> None:
    """Print the table of both halves."""
    print(f"{TICKETS_OF_A_HALF} tickets of either half of the templates")
    print(f"{'half':12}{'what':22}{'who':22}{'precision':>10}{'recall':>10}")
    for half in Half:
        for what, who, score in measure(TICKETS_OF_A_HALF, half):
            print(f"{half:12}{what:22}{who:22}{score.precision:10.4f}{score.recall:10.4f}")


if __name__ == "__main__":
    main()
