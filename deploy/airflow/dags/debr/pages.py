"""The pages that a run lands. They depend only on its parameters and date, so that a repeated run
requests the same people."""

from __future__ import annotations

import re
from typing import Any

# The most mapped tasks that Airflow allows by default, `max_map_length`.
MOST_TASKS = 1024


def folder(run_id: str) -> str:
    """Return the folder of a run's landed pages."""
    return "data/raw/" + re.sub(r"[^A-Za-z0-9.-]+", "_", run_id)


def seed(params: Any, dag_run: Any) -> str:
    """Return the given seed, or one from the run's day; a backfill has the day that it fills."""
    given = params.get("seed")
    day = dag_run.logical_date or dag_run.run_after
    return str(given) if given else f"debr-{day:%Y%m%d}"


def ranges(results: int, page_size: int, pages_per_task: int) -> list[str]:
    """Return all pages of a request as ranges like `1-10`; raise if they are too many to map."""
    pages = -(-results // page_size)
    tasks = -(-pages // pages_per_task)
    if tasks > MOST_TASKS:
        raise ValueError(f"{tasks} tasks are too many: raise pages_per_task above {pages_per_task}")
    starts = range(1, pages + 1, pages_per_task)
    return [f"{first}-{min(first + pages_per_task - 1, pages)}" for first in starts]


def api_arguments(params: Any) -> list[str]:
    """Return the option for the API of a run, if it is not the default one."""
    custom = params["source"] == "api" and params.get("api")
    return ["--api", str(params["api"])] if custom else []


def land_arguments(params: Any, dag_run: Any) -> list[list[str]]:
    """Return the command line of each `land`."""
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
