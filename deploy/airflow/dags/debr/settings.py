"""Where and how commands run: read once from the environment of Airflow."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

Runner = Literal["process", "kubernetes"]

PROJECT = Path(__file__).resolve().parents[4]


@dataclass(frozen=True)
class Settings:
    """How commands run. `runner` is the one setting that moves them into pods."""

    runner: Runner
    home: Path
    """Project folder, for processes."""
    image: str
    namespace: str
    volume: str
    """Claim of the volume that all pods share."""
    mount: str
    """Where pods see it: the folder `data` of the project in the image."""
    schedule: str
    backup_schedule: str


def read(environment: dict[str, str] | os._Environ[str] = os.environ) -> Settings:
    """The settings; says which one is wrong."""
    get = environment.get
    runner = get("DEBR_RUNNER", "process")
    if runner not in ("process", "kubernetes"):
        raise ValueError(f"DEBR_RUNNER should be process or kubernetes, not {runner!r}")
    return Settings(
        runner=cast("Runner", runner),
        home=Path(get("DEBR_HOME", str(PROJECT))),
        image=get("DEBR_IMAGE", "debr:latest"),
        namespace=get("DEBR_NAMESPACE", "debr"),
        volume=get("DEBR_VOLUME", "debr-data"),
        mount=get("DEBR_MOUNT", "/app/data"),
        schedule=get("DEBR_SCHEDULE", "0 2 * * *"),
        backup_schedule=get("DEBR_BACKUP_SCHEDULE", "0 5 * * *"),
    )
