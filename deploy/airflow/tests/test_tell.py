from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

from conftest import run_of

from debr.outcome import Stopped
from debr.tell import arguments

NO_PARAMS: dict[str, Any] = {}


def context(
    run_type: str = "scheduled", exception: object = None, params: dict[str, Any] = NO_PARAMS
) -> dict[str, Any]:
    summed_up = {"people": {"received": 7}}
    return {
        "dag": SimpleNamespace(dag_id="debr_nightly"),
        "dag_run": run_of(run_type=run_type),
        "run_id": "scheduled__2026",
        "params": params,
        "task": SimpleNamespace(task_id="check_tables", step="check tables"),
        "ti": SimpleNamespace(
            log_url="https://airflow.example/log", xcom_pull=lambda task_ids: summed_up
        ),
        "exception": exception,
    }


def option(told: list[str], name: str) -> str:
    return told[told.index(f"--{name}") + 1]


def test_a_failure_says_which_step_ended_how() -> None:
    error = Stopped("check tables", 5, {"counts": {"failed": 2}})
    told = arguments(context(exception=error), failed=True)
    assert told[0] == "notify"
    assert option(told, "pipeline") == "debr_nightly"
    assert option(told, "step") == "check tables"
    assert option(told, "status") == "5"
    assert option(told, "link") == "https://airflow.example/log"
    assert option(told, "run") == "scheduled__2026"
    assert json.loads(option(told, "summary")) == {"counts": {"failed": 2}}


def test_what_is_no_command_of_debr_is_a_fault_without_words() -> None:
    told = arguments(context(exception=RuntimeError("planted")), failed=True)
    assert (option(told, "status"), option(told, "summary")) == ("1", "{}")


def test_a_recovery_shows_what_was_extracted() -> None:
    told = arguments(context(), failed=False)
    assert option(told, "status") == "0"
    assert json.loads(option(told, "summary")) == {"people": {"received": 7}}


def test_a_backfill_has_incidents_of_its_own() -> None:
    told = arguments(context("backfill"), failed=False)
    assert option(told, "pipeline") == "debr_nightly.backfill"


def test_a_failure_says_which_api_the_run_asks() -> None:
    asks = {"source": "api", "api": "https://people.example/api"}
    assert option(arguments(context(params=asks), failed=True), "api") == asks["api"]
    for others in ({**asks, "source": "synthetic"}, {**asks, "api": None}, {"keep_daily": 14}):
        assert "--api" not in arguments(context(params=others), failed=True)
