from __future__ import annotations

from datetime import timedelta

import pytest
from airflow.sdk import RetryAction

from debr.outcome import RETRY_POLICY, CommandFailed, brief, parse_summary, succeed_or_raise


def failure(status: int) -> CommandFailed:
    with pytest.raises(CommandFailed) as raised:
        succeed_or_raise("load", status, {"error": {"message": "Cannot load"}})
    return raised.value


@pytest.mark.parametrize("status", [2, 5, 6])
def test_a_permanent_failure_is_not_retried(status: int) -> None:
    decision = RETRY_POLICY.evaluate(failure(status), 1, 3)
    assert decision.action is RetryAction.FAIL


@pytest.mark.parametrize("status", [1, 3, 7, 130, 137, 143])
def test_a_transient_failure_is_retried(status: int) -> None:
    decision = RETRY_POLICY.evaluate(failure(status), 1, 3)
    assert decision.action is RetryAction.DEFAULT


def test_a_rate_limit_is_retried_after_five_minutes() -> None:
    decision = RETRY_POLICY.evaluate(failure(4), 1, 3)
    assert (decision.action, decision.retry_delay) == (RetryAction.RETRY, timedelta(minutes=5))


def test_an_error_has_step_status_and_message() -> None:
    assert str(failure(7)) == "load ended with status 7: Cannot load"
    assert succeed_or_raise("load", 0, {"a": 1}) == {"a": 1}


def test_the_summary_is_the_last_printed_object() -> None:
    assert parse_summary('{"a": 1}\nwarning {\n{"a": 2}\n{"half\n[3]\n') == {"a": 2}
    assert parse_summary("") == {}


def test_failed_rows_and_passed_expectations_are_omitted() -> None:
    failed = {"name": "email", "verdict": "failed", "severity": "error", "failed": 2}
    expectations = [
        {**failed, "sample": [{"email": "planted"}], "query": "planted"},
        {"name": "good", "verdict": "passed"},
    ]
    assert brief({"counts": {"failed": 1}, "expectations": expectations}) == {
        "counts": {"failed": 1},
        "expectations": [failed],
    }
