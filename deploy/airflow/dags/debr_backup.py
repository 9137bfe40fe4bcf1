"""Backs up the dataset and the database, and restores each backup to verify it."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from airflow.sdk import DAG, Param, chain

# Airflow adds the folder of a bundle to sys.path, but DagBag(folder) does not.
sys.path.append(str(Path(__file__).parent))

from debr import notify, settings
from debr.steps import Step, make

HERE = settings.read()
SECRETS = ("debr-backup", "debr-database")
KEEP = [
    *["--keep-daily", "{{ params.keep_daily }}", "--keep-weekly", "{{ params.keep_weekly }}"],
    *["--keep-monthly", "{{ params.keep_monthly }}"],
]
DATABASE = ["--database", "env"]

STEPS = [
    Step("backup", ["backup", *KEEP, "--json"], SECRETS[:1]),
    Step("verify backup", ["restore", "--verify", "--json"], SECRETS[:1], size=("500m", "1Gi")),
    Step("backup database", ["backup", *DATABASE, *KEEP, "--json"], SECRETS),
    Step(
        "verify database backup",
        ["restore", "--verify", *DATABASE, "--json"],
        SECRETS,
        size=("500m", "1Gi"),
    ),
]

with DAG(
    dag_id="debr_backup",
    description=__doc__,
    schedule=HERE.backup_schedule,
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    tags=["debr"],
    default_args={
        "retries": 3,
        "retry_exponential_backoff": 2,
        "on_failure_callback": notify.callback(HERE, failed=True),
    },
    params={
        "keep_daily": Param(14, type="integer", minimum=0),
        "keep_weekly": Param(8, type="integer", minimum=0),
        "keep_monthly": Param(12, type="integer", minimum=0),
    },
) as dag:
    steps = [make(step, HERE) for step in STEPS[:-1]]
    last = make(STEPS[-1], HERE, on_success_callback=notify.callback(HERE, failed=False))
    chain(*steps, last)
