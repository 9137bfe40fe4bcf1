"""The nightly run: lands pages in parallel and checks them, extracts them in one commit, checks the
tables, loads them, compares the database with the schema and checks it, backs up and reports."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from airflow.sdk import DAG, Param, chain, task

# Airflow adds the folder of a bundle to sys.path, but DagBag(folder) does not.
sys.path.append(str(Path(__file__).parent))

from debr import notify, pages, settings
from debr.steps import Step, make, make_mapped

HERE = settings.read()
NIGHT = HERE.night
RAW = "{{ folder(run_id) }}"
MODE = "{{ params.mode }}"

LAND = Step("land", size=("250m", "512Mi"))
STEPS = [
    Step("check pages", ["check", "--stage", "pages", "--source", RAW, "--json"]),
    Step(
        "extract",
        [
            *["extract", "--source", RAW, "--mode", MODE],
            *["--max-rejects", "{{ params.max_rejects }}", "--log", "text", "--json"],
        ],
        size=("1", "1Gi"),
    ),
    Step("check tables", ["check", "--json"], size=("500m", "2Gi")),
    Step("load", ["load", "--json"], ("debr-database",)),
    Step("drift", ["drift", "--json"], ("debr-database",)),
    Step("check database", ["check", "--stage", "database", "--json"], ("debr-database",)),
    Step("backup", ["backup", "--json"], ("debr-backup",)),
]
REPORT = Step("report", ["report"], size=("500m", "2Gi"))

with DAG(
    dag_id="debr_nightly",
    description=__doc__,
    schedule=HERE.schedule,
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    # Runs share one dataset, so only one runs at a time.
    max_active_runs=1,
    tags=["debr"],
    default_args={
        "retries": 3,
        "retry_exponential_backoff": 2,
        "on_failure_callback": notify.callback(HERE, failed=True),
    },
    user_defined_macros={"folder": pages.folder},
    params={
        "source": Param(
            NIGHT.source, enum=["api", "synthetic"], description="Source of the people"
        ),
        "results": Param(NIGHT.results, type="integer", minimum=1, description="People to request"),
        "page_size": Param(5000, type="integer", minimum=1, maximum=5000),
        "pages_per_task": Param(
            NIGHT.pages_per_task, type="integer", minimum=1, description="Pages per `land` task"
        ),
        "seed": Param(None, type=["null", "string"], description="Default: the run's date"),
        "nat": Param(NIGHT.nat, type=["null", "string"], pattern=settings.NAT),
        "api": Param(NIGHT.api, type=["null", "string"], description="Default: the real API"),
        "max_rejects": Param(
            NIGHT.max_rejects,
            type="string",
            pattern=settings.SHARE,
            description="Limit of rejects, a number or share of people: `100`, `5%`",
        ),
        "mode": Param(
            "append",
            enum=["append", "replace"],
            description="append keeps the people of other days, so days can run in any order",
        ),
    },
) as dag:

    @task
    def plan(**context: Any) -> list[list[str]]:
        """Return the command line of each `land`."""
        return pages.land_arguments(context["params"], context["dag_run"])

    landed = make_mapped(
        LAND,
        HERE,
        over=plan(),
        # The API limits people per IP address, so more parallel tasks only wait.
        max_active_tis_per_dagrun=4,
        map_index_template="pages {{ task.arguments[task.arguments.index('--pages') + 1] }}",
    )
    report = make(REPORT, HERE, on_success_callback=notify.callback(HERE, failed=False))
    chain(landed, *[make(step, HERE) for step in STEPS], report)
