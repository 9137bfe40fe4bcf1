from __future__ import annotations

import logging
import os
import signal
import stat
import time
from pathlib import Path

import pytest
from conftest import PLANTED

from debr.outcome import CommandFailed
from debr.process import Process, ProcessOperator, environment
from debr.settings import read
from debr.steps import Step, make


@pytest.fixture
def deno(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Install a fake deno that runs its last argument in a shell."""
    program = tmp_path / "deno"
    program.write_text('#!/bin/sh\nfor last; do :; done\nexec sh -c "$last"\n')
    program.chmod(program.stat().st_mode | stat.S_IEXEC)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    return program


def run(script: str, home: Path) -> object:
    task = ProcessOperator(
        task_id="step", step="load", arguments=["load", script], secrets=[], home=str(home)
    )
    return task.execute({})


def test_the_summary_is_the_last_output(deno: Path, tmp_path: Path) -> None:
    assert run("""echo busy >&2; echo '{"rows": 3}'""", tmp_path) == {"rows": 3}


def test_large_output_does_not_block(deno: Path, tmp_path: Path) -> None:
    script = """seq 100000; seq 100000 >&2; echo '{"rows": 3}'"""
    assert run(script, tmp_path) == {"rows": 3}


@pytest.mark.parametrize(("script", "status"), [("exit 5", 5), ("kill -9 $$", 137)])
def test_a_nonzero_status_is_an_error(deno: Path, tmp_path: Path, script: str, status: int) -> None:
    with pytest.raises(CommandFailed, match=f"load ended with status {status}") as raised:
        run(script, tmp_path)
    assert raised.value.status == status


def test_a_stopped_task_ends_its_command_and_children(deno: Path, tmp_path: Path) -> None:
    process = Process(["x", "sleep 60 & echo $! > child; wait"], secrets=[], home=str(tmp_path))
    child = tmp_path / "child"
    while not (child.exists() and child.read_text()):
        time.sleep(0.01)
    process.stop()
    status, _ = process.wait(logging.getLogger())
    assert status == 128 + signal.SIGTERM
    with pytest.raises(ProcessLookupError):
        for _ in range(200):
            os.kill(int(child.read_text()), 0)
            time.sleep(0.01)


def test_a_process_gets_only_its_own_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {**PLANTED, "AIRFLOW__CORE__FERNET_KEY": "PLANTED"}.items():
        monkeypatch.setenv(name, value)
    settings = read({})
    plain = make(Step("extract", ["extract"]), settings)
    assert "PLANTED" not in str(environment(plain.secrets))
    load = make(Step("load", ["load"], ("debr-database",)), settings)
    given = {name: value for name, value in environment(load.secrets).items() if "PLANTED" in value}
    assert set(given) == {"DEBR_DATABASE_URL"}
    assert "PLANTED" not in str(vars(load))
    backup = make(Step("backup", ["backup"], ("debr-backup",)), settings)
    given = {name for name, value in environment(backup.secrets).items() if "PLANTED" in value}
    assert given == {"DEBR_BACKUP_URL", "AWS_SECRET_ACCESS_KEY"}
