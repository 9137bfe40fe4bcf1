"""Reads settings from Airflow's environment: how commands run, and what a night requests."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast
from urllib.parse import urlsplit

Runner = Literal["process", "kubernetes"]

PROJECT = Path(__file__).resolve().parents[4]

NAT = "^[A-Za-z]{2}(,[A-Za-z]{2})*$"
SHARE = "^[0-9]+(\\.[0-9]+)?%?$"
Environment = dict[str, str] | os._Environ[str]


@dataclass(frozen=True)
class Night:
    """The request of a scheduled night. A triggered run may change it."""

    source: str
    api: str | None
    """Address of the API; None is the default."""
    results: int
    pages_per_task: int
    nat: str | None
    max_rejects: str
    """Limit of rejects: a number or share of people."""


@dataclass(frozen=True)
class Settings:
    """How commands run. `runner` alone decides between processes and pods."""

    runner: Runner
    home: Path
    """Project folder, for processes."""
    image: str
    namespace: str
    volume: str
    """Claim of the volume that all pods share."""
    mount: str
    """Mount path in pods: the folder `data` of the project in the image."""
    schedule: str
    backup_schedule: str
    night: Night


def one_of(environment: Environment, name: str, values: tuple[str, ...]) -> str:
    """Return a variable that must be one of these values; the first is the default."""
    value = environment.get(name) or values[0]
    if value not in values:
        raise ValueError(f"{name} should be {' or '.join(values)}, not {value!r}")
    return value


def whole_number(environment: Environment, name: str, default: int) -> int:
    """Return a variable that must be a whole number above 0."""
    value = environment.get(name) or str(default)
    if not re.fullmatch("[0-9]{1,12}", value) or int(value) == 0:
        raise ValueError(f"{name} should be a whole number, 1 or more, not {value!r}")
    return int(value)


def matching(environment: Environment, name: str, pattern: str, example: str) -> str | None:
    """Return a variable that must match a pattern; the error shows the example."""
    value = environment.get(name) or None
    if value is not None and not re.search(pattern, value):
        raise ValueError(f"{name} should be like {example}, not {value!r}")
    return value


def address(environment: Environment, name: str) -> str | None:
    """Return a variable that must be a web address."""
    value = environment.get(name) or None
    if value is None:
        return None
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"[\s'\"]", value):
        raise ValueError(f"{name} should be like https://randomuser.me/api, not {value!r}")
    return value


def read_night(environment: Environment) -> Night:
    """Read the request of a night; an error names the wrong variable."""
    return Night(
        source=one_of(environment, "DEBR_SOURCE", ("api", "synthetic")),
        api=address(environment, "DEBR_API"),
        results=whole_number(environment, "DEBR_RESULTS", 20_000),
        pages_per_task=whole_number(environment, "DEBR_PAGES_PER_TASK", 2),
        nat=matching(environment, "DEBR_NAT", NAT, "us,gb"),
        max_rejects=matching(environment, "DEBR_MAX_REJECTS", SHARE, "100 or 1%") or "1%",
    )


def read(environment: Environment = os.environ) -> Settings:
    """Read the settings; an error names the wrong variable."""
    get = environment.get
    runner = one_of(environment, "DEBR_RUNNER", ("process", "kubernetes"))
    return Settings(
        runner=cast("Runner", runner),
        home=Path(get("DEBR_HOME", str(PROJECT))),
        image=get("DEBR_IMAGE", "debr:latest"),
        namespace=get("DEBR_NAMESPACE", "debr"),
        volume=get("DEBR_VOLUME", "debr-data"),
        mount=get("DEBR_MOUNT", "/app/data"),
        schedule=get("DEBR_SCHEDULE", "0 2 * * *"),
        backup_schedule=get("DEBR_BACKUP_SCHEDULE", "0 5 * * *"),
        night=read_night(environment),
    )
