"""Callbacks: `deno task notify` says what became of a run, as a process or as a pod."""

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
    """The command line of `notify` for the task of a context."""
    ti = context["ti"]
    task = context["task"]
    error = context.get("exception")
    told = ["notify", "--pipeline", pipeline(context), "--run", context["run_id"]]
    told += ["--link", ti.log_url, "--step", getattr(task, "step", task.task_id)]
    if "source" in context["params"]:
        told += api_arguments(context["params"])
    if not failed:
        summary = ti.xcom_pull(task_ids=SUMMED_UP) or {}
        return [*told, "--status", "0", "--summary", json.dumps(summary)]
    known = isinstance(error, CommandFailed)
    status, summary = (error.status, error.summary) if known else (1, {})
    return [*told, "--status", str(status), "--summary", json.dumps(summary)]


# The task whose figures a recovery shows.
SUMMED_UP = "extract"


def pipeline(context: Any) -> str:
    """What an incident is of: a backfill of old days says nothing of last night."""
    run = context["dag_run"]
    backfill = run.run_type == "backfill"
    return f"{context['dag'].dag_id}.backfill" if backfill else str(context["dag"].dag_id)


def callback(settings: Settings, *, failed: bool) -> Callback:
    """Tells what became of the task that it is called for. Airflow logs what it raises."""

    def tell(context: Any) -> None:
        step = Step("notify", arguments(context, failed=failed), ("debr-slack",))
        if settings.runner == "kubernetes":
            make(step, settings).execute(context)
            return
        process = Process(step.arguments, secrets=step.variables, home=str(settings.home))
        process.wait(log)

    return tell
