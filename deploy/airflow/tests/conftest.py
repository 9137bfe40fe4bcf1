from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from airflow.dag_processing.dagbag import DagBag

DAGS = Path(__file__).parents[1] / "dags"

# Secrets that no DAG, argument or pod may contain.
PLANTED = {
    "DEBR_DATABASE_URL": "postgres://debr:PLANTED@db/people",
    "DEBR_BACKUP_URL": "s3://PLANTED/people",
    "DEBR_SLACK_WEBHOOK_URL": "https://hooks.slack.com/services/PLANTED",
    "AWS_SECRET_ACCESS_KEY": "PLANTED",
}


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Callable[..., DagBag]:
    """Load the DAGs for a runner, with secrets in the environment."""

    def load(runner: str, **environment: str) -> DagBag:
        for name, value in {**PLANTED, "DEBR_RUNNER": runner, **environment}.items():
            monkeypatch.setenv(name, value)
        return DagBag(str(DAGS))

    return load


def run_of(day: str | None = "2026-03-04", run_type: str = "scheduled") -> Any:
    """Make a DAG run of a day."""
    moment = None if day is None else datetime.fromisoformat(day).replace(tzinfo=UTC)
    return SimpleNamespace(
        run_id=f"{run_type}__{day}T00:00:00+00:00",
        logical_date=moment,
        run_after=datetime(2026, 5, 6, tzinfo=UTC),
        run_type=run_type,
    )
