"""The steps of the DAGs: the secrets and resources of each, and the task that runs it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from airflow.sdk import BaseOperator

from debr.outcome import RETRY_POLICY
from debr.pod import PodOperator
from debr.process import ProcessOperator
from debr.settings import Settings

# Kubernetes Secrets and the variables that each may have. A process gets these variables from the
# worker's environment.
SECRETS = {
    "debr-database": ("DEBR_DATABASE_URL",),
    "debr-backup": ("DEBR_BACKUP_URL", "AWS_*", "GOOGLE_*", "CLOUDSDK_*"),
    "debr-slack": ("DEBR_SLACK_WEBHOOK_URL",),
}


@dataclass(frozen=True)
class Step:
    """A command of debr as a task. Alerts and the runbook use its `name`."""

    name: str
    arguments: list[str] = field(default_factory=list)
    secrets: tuple[str, ...] = ()
    size: tuple[str, str] = ("250m", "512Mi")
    """CPU and memory of its pod."""

    @property
    def task_id(self) -> str:
        """The name in the form that Airflow accepts."""
        return self.name.replace(" ", "_")

    @property
    def variables(self) -> list[str]:
        """The variables of its secrets."""
        return [name for secret in self.secrets for name in SECRETS[secret]]


def _kind(step: Step, settings: Settings) -> tuple[type[BaseOperator], dict[str, Any]]:
    """Return the operator and its options, without the arguments of the command."""
    common = {"step": step.name, "retry_policy": RETRY_POLICY}
    if settings.runner == "process":
        return ProcessOperator, {**common, "secrets": step.variables, "home": str(settings.home)}
    pod = {"secrets": step.secrets, "settings": settings, "size": step.size}
    return PodOperator, {**common, **pod, "name": f"debr-{step.task_id}".replace("_", "-")}


def make(step: Step, settings: Settings, **kwargs: Any) -> BaseOperator:
    """Make the task of a step."""
    operator, options = _kind(step, settings)
    return operator(task_id=step.task_id, arguments=step.arguments, **options, **kwargs)


def make_mapped(step: Step, settings: Settings, *, over: Any, **kwargs: Any) -> Any:
    """Make one task of a step for each list of arguments that another task returns."""
    operator, options = _kind(step, settings)
    partial = operator.partial(task_id=step.task_id, **options, **kwargs)
    return partial.expand(arguments=over)
