"""The file .env: read for the commands, and made from .env.example by `make env`."""

from __future__ import annotations

import base64
import re
import secrets
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

RANDOM: Mapping[str, Callable[[], str]] = {
    "[random hex]": lambda: secrets.token_hex(24),
    "[random fernet]": lambda: base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
}
"""How .env.example marks, in the comment above a name, what a value is made of."""

_ENTRY = re.compile(r"^(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)$")


def with_dotenv(environment: Mapping[str, str], project: Path) -> dict[str, str]:
    """Complete an environment by the project's .env. What the environment sets to something wins."""
    path = project / ".env"
    read = parse(path.read_text(encoding="utf-8-sig")) if path.is_file() else {}
    return {**read, **{name: value for name, value in environment.items() if value or name not in read}}


def parse(text: str) -> dict[str, str]:
    """Read ``NAME=value`` lines: comments and blank lines are passed over, outer quotes taken off."""
    entries = (_ENTRY.match(line.strip()) for line in text.splitlines())
    return {entry[1]: _unquoted(entry[2].strip()) for entry in entries if entry}


def fill(example: str) -> str:
    """Give each empty entry whose comment asks for a random value one."""
    lines: list[str] = []
    comment = ""
    for line in example.splitlines():
        made = next((make for marker, make in RANDOM.items() if marker in comment), None)
        lines.append(line + made() if made and re.fullmatch(r"[A-Z_]+=", line) else line)
        comment = line if line.startswith("#") else ""
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write .env unless it is there."""
    target = Path(".env")
    if target.exists():
        print(".env is there already: nothing changed. Remove it to make a new one.")
        return 0
    target.touch(mode=0o600)
    target.write_text(fill(Path(".env.example").read_text(encoding="utf-8")), encoding="utf-8")
    print("wrote .env with random secrets; put your HubSpot token into HUBSPOT_API_KEY")
    return 0


def _unquoted(value: str) -> str:
    for quote in "'\"":
        if len(value) >= 2 and value[0] == value[-1] == quote:
            return value[1:-1]
    return value.split(" #", 1)[0].rstrip()


if __name__ == "__main__":
    sys.exit(main())
