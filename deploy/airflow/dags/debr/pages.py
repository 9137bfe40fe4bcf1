"""Which pages a run lands, where, and who asks for them: derived from its parameters and date, so
that a run that is repeated asks for the same people."""

from __future__ import annotations

import re
from typing import Any

# As many as Airflow maps by default, `max_map_length`.
MOST_TASKS = 1024


def folder(run_id: str) -> str:
    """Folder of the landed pages of a run."""
    return "data/raw/" + re.sub(r"[^A-Za-z0-9.-]+", "_", run_id)


def seed(params: Any, dag_run: Any) -> str:
    """The seed of a run: one that was given, or its day. A backfill asks for its own day."""
    given = params.get("seed")
    day = dag_run.logical_date or dag_run.run_after
    return str(given) if given else f"debr-{day:%Y%m%d}"


def ranges(results: int, page_size: int, pages_per_task: int) -> list[str]:
    """All pages of a request as ranges, `1-10`. Raises where they are too many to map."""
    pages = -(-results // page_size)
    tasks = -(-pages // pages_per_task)
    if tasks > MOST_TASKS:
        raise ValueError(f"{tasks} tasks are too many: raise pages_per_task above {pages_per_task}")
    starts = range(1, pages + 1, pages_per_task)
    return [f"{first}-{min(first + pages_per_task - 1, pages)}" for first in starts]


def api_arguments(params: Any) -> list[str]:
    """The API that a run asks, where it is another than the command's own."""
    asks = params["source"] == "api" and params.get("api")
    return ["--api", str(params["api"])] if asks else []


def land_arguments(params: Any, dag_run: Any) -> list[list[str]]:
    """The command line of each `land`."""
    request = ["--source", params["source"], "--seed", seed(params, dag_run)]
    request += ["--results", str(params["results"]), "--page-size", str(params["page_size"])]
    if params.get("nat"):
        request += ["--nat", str(params["nat"])]
    request += api_arguments(params)
    sizes = (params["results"], params["page_size"], params["pages_per_task"])
    return [
        ["land", *request, "--pages", pages, "--out", folder(dag_run.run_id), "--json"]
        for pages in ranges(*sizes)
    ]
