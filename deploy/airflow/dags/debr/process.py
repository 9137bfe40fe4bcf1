"""Runs a command as a process on the worker."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import Any

from airflow.sdk import BaseOperator

from debr.outcome import Summary, parse_summary, succeed_or_raise

# Variables of the worker that every process gets; the others may be secrets of the worker.
PASSED = ("PATH", "HOME", "LANG", "TZ", "TMPDIR", "SSL_CERT_FILE", "*_PROXY", "*_proxy", "DENO_*")


def environment(secrets: Sequence[str]) -> dict[str, str]:
    """Return the environment of a command: the common variables and its own secrets."""
    patterns = [*PASSED, *secrets]
    passed = {
        name: value
        for name, value in os.environ.items()
        if any(fnmatchcase(name, pattern) for pattern in patterns)
    }
    return {**passed, "NO_COLOR": "1"}


class Process:
    """A running command: its stderr goes to the log, its stdout is returned."""

    def __init__(self, arguments: Sequence[str], *, secrets: Sequence[str], home: str) -> None:
        command = ["deno", "task", "-q", *arguments]
        self._out = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115
        self._process = subprocess.Popen(
            command,
            cwd=home,
            env=environment(secrets),
            stdin=subprocess.DEVNULL,
            stdout=self._out,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            start_new_session=True,
        )

    def wait(self, log: Any) -> tuple[int, str]:
        """Return exit code and stdout. As in a shell, a killed process has status 137."""
        with self._out as out, self._process as process:
            for line in process.stderr or ():
                log.info("%s", line.rstrip())
            status = process.wait()
            out.seek(0)
            return (status if status >= 0 else 128 - status), out.read()

    def stop(self) -> None:
        """End the command and its children."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGTERM)


class ProcessOperator(BaseOperator):
    """Runs `deno task NAME …`; the summary goes to XCom."""

    template_fields: Sequence[str] = ("arguments",)

    def __init__(
        self, *, step: str, arguments: list[str], secrets: Sequence[str], home: str, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.step = step
        self.arguments = arguments
        self.secrets = secrets
        self.home = home
        self._running: Process | None = None

    def execute(self, context: Any) -> Summary:
        """Run the command to its end; raise `CommandFailed` for a status other than 0."""
        self.log.info("Run in %s: deno task %s", self.home, shlex.join(self.arguments))
        self._running = Process(self.arguments, secrets=self.secrets, home=self.home)
        status, printed = self._running.wait(self.log)
        return succeed_or_raise(self.step, status, parse_summary(printed))

    def on_kill(self) -> None:
        """End the command when Airflow stops the task."""
        if self._running is not None:
            self._running.stop()
