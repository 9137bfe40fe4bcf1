"""Callbacks: `deno task notify` reports the outcome of a run, as a process or as a pod."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any

from debr.outcome import CommandFailed
from debr.pages import api_arguments
from debr.process import Process
from debr.settings import Settings
from debr.steps import Step, make

log = logging.getLogger(__name__)

Callback = Callable[[Any], None]


def arguments(context: Any, *, failed: bool) -> list[str]:
    """Return the command line of `notify` for the task of a context."""
    ti = context["ti"]
    task = context["task"]
    error = context.get("exception")
    command = ["notify", "--pipeline", pipeline(context), "--run", context["run_id"]]
    command += ["--link", ti.log_url, "--step", getattr(task, "step", task.task_id)]
    if "source" in context["params"]:
        command += api_arguments(context["params"])
    if not failed:
        summary = ti.xcom_pull(task_ids=SUMMARY_TASK) or {}
        return [*command, "--status", "0", "--summary", json.dumps(summary)]
    known = isinstance(error, CommandFailed)
    status, summary = (error.status, error.summary) if known else (1, {})
    return [*command, "--status", str(status), "--summary", json.dumps(summary)]


# A recovery message shows the figures of this task.
SUMMARY_TASK = "extract"


def pipeline(context: Any) -> str:
    """Return the name for incidents; those of a backfill are separate from nightly ones."""
    run = context["dag_run"]
    backfill = run.run_type == "backfill"
    return f"{context['dag'].dag_id}.backfill" if backfill else str(context["dag"].dag_id)


def callback(settings: Settings, *, failed: bool) -> Callback:
    """Make a callback that reports the outcome of its task. Airflow logs errors of callbacks."""

    def notify(context: Any) -> None:
        step = Step("notify", arguments(context, failed=failed), ("debr-slack",))
        if settings.runner == "kubernetes":
            make(step, settings).execute(context)
            return
        process = Process(step.arguments, secrets=step.variables, home=str(settings.home))
        process.wait(log)

    return notify
