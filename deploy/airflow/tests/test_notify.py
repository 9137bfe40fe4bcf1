from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

from conftest import run_of

from debr.notify import arguments
from debr.outcome import Stopped

NO_PARAMS: dict[str, Any] = {}


def context(
    run_type: str = "scheduled", exception: object = None, params: dict[str, Any] = NO_PARAMS
) -> dict[str, Any]:
    summary = {"people": {"received": 7}}
    return {
        "dag": SimpleNamespace(dag_id="debr_nightly"),
        "dag_run": run_of(run_type=run_type),
        "run_id": "scheduled__2026",
        "params": params,
        "task": SimpleNamespace(task_id="check_tables", step="check tables"),
        "ti": SimpleNamespace(
            log_url="https://airflow.example/log", xcom_pull=lambda task_ids: summary
        ),
        "exception": exception,
    }


def option(command: list[str], name: str) -> str:
    return command[command.index(f"--{name}") + 1]


def test_a_failure_reports_its_step_and_status() -> None:
    error = Stopped("check tables", 5, {"counts": {"failed": 2}})
    command = arguments(context(exception=error), failed=True)
    assert command[0] == "notify"
    assert option(command, "pipeline") == "debr_nightly"
    assert option(command, "step") == "check tables"
    assert option(command, "status") == "5"
    assert option(command, "link") == "https://airflow.example/log"
    assert option(command, "run") == "scheduled__2026"
    assert json.loads(option(command, "summary")) == {"counts": {"failed": 2}}


def test_an_error_outside_of_debr_is_reported_without_its_message() -> None:
    command = arguments(context(exception=RuntimeError("planted")), failed=True)
    assert (option(command, "status"), option(command, "summary")) == ("1", "{}")


def test_a_recovery_reports_the_extracted_people() -> None:
    command = arguments(context(), failed=False)
    assert option(command, "status") == "0"
    assert json.loads(option(command, "summary")) == {"people": {"received": 7}}


def test_a_backfill_has_separate_incidents() -> None:
    command = arguments(context("backfill"), failed=False)
    assert option(command, "pipeline") == "debr_nightly.backfill"


def test_a_failure_reports_the_api_of_the_run() -> None:
    params = {"source": "api", "api": "https://people.example/api"}
    assert option(arguments(context(params=params), failed=True), "api") == params["api"]
    for others in ({**params, "source": "synthetic"}, {**params, "api": None}, {"keep_daily": 14}):
        assert "--api" not in arguments(context(params=others), failed=True)
