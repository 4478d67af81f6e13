"""index.html: the report as one self-contained page. Everything from the data goes through Jinja's autoescape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from hubspot_import.reporting.page_parts import MAX_ROWS_SHOWN, finding_groups, public_causes, segments, tiles, troubles
from hubspot_import.reporting.run_report import ObjectReport, RunReport, SourceFile
from hubspot_import.reporting.wording import duration, moment, percent, share, verdict

_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}


def render_page(run: RunReport, *, downloads: Sequence[str]) -> str:
    """Write the page. ``downloads`` are the report's other files, relative to it."""
    environment = Environment(
        loader=PackageLoader("hubspot_import.reporting", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "duration": duration,
        "percent": percent,
        "moment": moment,
        "number": _number,
        "delimiter": _delimiter,
        "encoding": _encoding,
    }
    return environment.get_template("report.html").render(_context(run, downloads))


def _context(run: RunReport, downloads: Sequence[str]) -> Mapping[str, Any]:
    longest = max(run.timings.values(), default=0.0)
    return {
        "run": run,
        "verdict": verdict(run),
        "tiles": tiles(run),
        "objects": [(report, segments(report, _actions(run, report))) for report in run.objects],
        "planned": [(str(r.object_type), run.plan[r.object_type]) for r in run.objects if r.object_type in run.plan],
        "links": [report.tally for report in run.links if report.tally.of],
        "causes": public_causes(run),
        "groups": finding_groups(run),
        "troubles": troubles(run),
        "timings": [(stage, seconds, 100 * seconds / longest) for stage, seconds in run.timings.items() if longest],
        "downloads": downloads,
        "max_rows": MAX_ROWS_SHOWN,
        "share": share,
    }


def _actions(run: RunReport, report: ObjectReport) -> Mapping[str, int] | None:
    return run.plan.get(report.object_type) if run.dry_run else None


def _number(count: float) -> str:
    return f"{count:,}"


def _delimiter(delimiter: str) -> str:
    return _DELIMITERS.get(delimiter, delimiter) or "–"


def _encoding(source: SourceFile) -> str:
    if source.encoding_confidence >= 1:
        return source.encoding or "–"
    how_sure = f"{source.encoding_confidence:.0%} sure" if source.encoding_confidence else "assumed"
    return f"{source.encoding} ({how_sure})"
