"""A headless browser for the suites that look at pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from support.programs import require_program

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@contextmanager
def a_page(width: int = 1400, height: int = 900, **options: Any) -> Iterator[Any]:
    """Open a page of Playwright's; without chromium the test is skipped, loudly. Options are those of ``new_page``."""
    chromium = require_program("chromium", "chromium-browser", "google-chrome")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        page = browser.new_page(viewport={"width": width, "height": height}, **options)
        page.set_default_timeout(30_000)
        yield page
        browser.close()
