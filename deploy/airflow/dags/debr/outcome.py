"""What became of a command: its exit status and the summary it printed with `--json`.

Errors say by their class whether trying again may help; `RETRY_POLICY` reads that.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from airflow.sdk import ExceptionRetryPolicy, RetryAction, RetryRule
from airflow.sdk.exceptions import AirflowException

Summary = dict[str, Any]

# Exit statuses, as docs/reference.md has them.
USAGE, SOURCE, RATE_LIMIT, DATA, DRIFT = 2, 3, 4, 5, 6


class CommandFailed(AirflowException):
    """A command ended with another status than 0. Trying again may help: the source was away, a
    lock was held, the process was killed."""

    def __init__(self, step: str, status: int, summary: Summary) -> None:
        error = summary.get("error")
        said = error.get("message") if isinstance(error, dict) else None
        super().__init__(f"{step} ended with status {status}" + (f": {said}" if said else ""))
        self.step = step
        self.status = status
        self.summary = summary


class RateLimited(CommandFailed):
    """The source wants to be left alone for a while: its window is five minutes."""


class Stopped(CommandFailed):
    """The data is not as it should be, or the command is wrong: it would end the same again."""


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
    """The last line that is a JSON object: logs of a pod hold more than the summary."""
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
    """A summary fit for a database of its own: no rows that failed, no expectations that held."""
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
    """The summary of a command that ended with 0; raises for any other."""
    if status == 0:
        return summary
    raise CLASSES.get(status, CommandFailed)(step, status, summary)
