from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from airflow.dag_processing.dagbag import DagBag
from airflow.serialization.serialized_objects import DagSerialization

from debr.outcome import RETRY_POLICY

RUNNERS = ["process", "kubernetes"]
Load = Callable[..., DagBag]

BACKUP = ["backup", "verify_backup", "backup_database", "verify_database_backup"]
NIGHTLY = [
    "plan",
    "land",
    "check_pages",
    "extract",
    "check_tables",
    "load",
    "drift",
    "check_database",
    "backup",
    "report",
]


def tasks(dag: Any) -> list[Any]:
    return [task for task in dag.tasks if task.task_id != "plan"]


@pytest.mark.parametrize("runner", RUNNERS)
def test_the_dags_load_without_errors(load: Load, runner: str) -> None:
    bag = load(runner)
    assert bag.import_errors == {}
    assert sorted(bag.dags) == ["debr_backup", "debr_nightly"]


@pytest.mark.parametrize("runner", RUNNERS)
@pytest.mark.parametrize(("name", "steps"), [("debr_nightly", NIGHTLY), ("debr_backup", BACKUP)])
def test_each_step_waits_for_the_previous_one(
    load: Load, runner: str, name: str, steps: list[str]
) -> None:
    dag = load(runner).dags[name]
    order = [task.task_id for task in dag.topological_sort()]
    assert order == steps
    for before, task_id in pairwise(steps):
        task = dag.get_task(task_id)
        assert task.upstream_task_ids == {before}
        assert task.trigger_rule == "all_success"


@pytest.mark.parametrize("runner", RUNNERS)
def test_land_is_mapped_over_the_plan(load: Load, runner: str) -> None:
    dag = load(runner).dags["debr_nightly"]
    mapped = [task.task_id for task in dag.tasks if task.is_mapped]
    assert mapped == ["land"]
    over = dag.get_task("land").expand_input.value["arguments"]
    assert over.operator.task_id == "plan"


@pytest.mark.parametrize("runner", RUNNERS)
def test_each_command_has_the_retry_policy(load: Load, runner: str) -> None:
    for dag in load(runner).dags.values():
        for task in tasks(dag):
            policy = task.retry_policy
            assert task.retries == 3
            assert policy.serialize() == RETRY_POLICY.serialize()
            assert task.has_on_failure_callback


@pytest.mark.parametrize("runner", RUNNERS)
def test_runs_are_sequential_and_report_success(load: Load, runner: str) -> None:
    for dag in load(runner).dags.values():
        assert dag.max_active_runs == 1
        assert dag.catchup is False
        last = [task.task_id for task in dag.tasks if task.has_on_success_callback]
        assert last == [list(dag.topological_sort())[-1].task_id]


@pytest.mark.parametrize("runner", RUNNERS)
def test_no_dag_contains_a_secret(load: Load, runner: str) -> None:
    for dag in load(runner).dags.values():
        assert "PLANTED" not in str(DagSerialization.serialize_dag(dag))


def test_an_unknown_runner_is_refused(load: Load) -> None:
    bag = load("ssh")
    assert bag.dags == {}
    for error in bag.import_errors.values():
        assert "DEBR_RUNNER should be process or kubernetes, not 'ssh'" in error


def test_a_scheduled_night_requests_what_the_environment_sets(load: Load) -> None:
    dag = load(
        "process",
        DEBR_SOURCE="api",
        DEBR_API="http://127.0.0.1:8090/api",
        DEBR_RESULTS="750",
        DEBR_PAGES_PER_TASK="7",
        DEBR_NAT="us,gb",
        DEBR_MAX_REJECTS="5%",
    ).dags["debr_nightly"]
    params = dag.params.dump()
    assert {name: params[name] for name in ("source", "api", "results", "pages_per_task")} == {
        "source": "api",
        "api": "http://127.0.0.1:8090/api",
        "results": 750,
        "pages_per_task": 7,
    }
    assert (params["nat"], params["max_rejects"]) == ("us,gb", "5%")


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("DEBR_SOURCE", "sample", "should be api or synthetic, not 'sample'"),
        ("DEBR_API", "people.example", "should be like https://randomuser.me/api"),
        ("DEBR_RESULTS", "0", "should be a whole number, 1 or more, not '0'"),
        ("DEBR_RESULTS", "1e3", "should be a whole number, 1 or more, not '1e3'"),
        ("DEBR_PAGES_PER_TASK", "-1", "should be a whole number, 1 or more, not '-1'"),
        ("DEBR_NAT", "us gb", "should be like us,gb, not 'us gb'"),
        ("DEBR_MAX_REJECTS", "few", "should be like 100 or 1%, not 'few'"),
    ],
)
def test_an_error_names_the_wrong_setting(load: Load, name: str, value: str, says: str) -> None:
    bag = load("process", **{name: value})
    assert bag.dags == {}
    for error in bag.import_errors.values():
        assert f"{name} {says}" in error
