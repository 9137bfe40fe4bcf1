"""The outcome of a command: its exit code and the summary that it printed with `--json`.

The class of an error says whether a retry may help; `RETRY_POLICY` uses it.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from airflow.sdk import ExceptionRetryPolicy, RetryAction, RetryRule
from airflow.sdk.exceptions import AirflowException

Summary = dict[str, Any]

# Exit codes; docs/reference.md explains them.
USAGE, SOURCE, RATE_LIMIT, DATA, DRIFT = 2, 3, 4, 5, 6


class CommandFailed(AirflowException):
    """A command ended with a status other than 0. A retry may help: the source was unreachable, a
    lock was held, or the process was killed."""

    def __init__(self, step: str, status: int, summary: Summary) -> None:
        error = summary.get("error")
        message = error.get("message") if isinstance(error, dict) else None
        super().__init__(f"{step} ended with status {status}" + (f": {message}" if message else ""))
        self.step = step
        self.status = status
        self.summary = summary


class RateLimited(CommandFailed):
    """The source refused the request: its rate limit counts over five minutes."""


class Stopped(CommandFailed):
    """The data or the command is wrong, so a retry would fail in the same way."""


CLASSES = {USAGE: Stopped, RATE_LIMIT: RateLimited, DATA: Stopped, DRIFT: Stopped}

RETRY_POLICY = ExceptionRetryPolicy(
    rules=[
        RetryRule(Stopped, action=RetryAction.FAIL, reason="The same data fails again"),
        RetryRule(
            RateLimited,
            action=RetryAction.RETRY,
            retry_delay=timedelta(minutes=5),
            reason="The limit of the source counts over five minutes",
        ),
    ]
)


def parse_summary(printed: str) -> Summary:
    """Return the last line that is a JSON object; the log of a pod has other lines too."""
    for line in reversed(printed.splitlines()):
        if not line.startswith("{"):
            continue
        try:
            value = json.loads(line)
        except ValueError:
            continue
        if isinstance(value, dict):
            return brief(value)
    return {}


def brief(summary: Summary) -> Summary:
    """Shorten a summary for Airflow's database: no failed rows, no passed expectations."""
    expectations = summary.get("expectations")
    if not isinstance(expectations, list):
        return summary
    keep = ("name", "severity", "verdict", "total", "failed")
    failed = [
        {name: each[name] for name in keep if name in each}
        for each in expectations
        if isinstance(each, dict) and each.get("verdict") not in ("passed", "skipped")
    ]
    return {**summary, "expectations": failed}


def succeed_or_raise(step: str, status: int, summary: Summary) -> Summary:
    """Return the summary of a command that ended with 0; raise for other statuses."""
    if status == 0:
        return summary
    raise CLASSES.get(status, CommandFailed)(step, status, summary)
