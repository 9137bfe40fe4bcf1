"""Runs a pod for each exit code with the operator and retry rules of the deployed DAGs, but with
shorter waits."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from datetime import timedelta

from airflow.sdk import DAG, ExceptionRetryPolicy

sys.path.append(os.environ["DEBR_DAGS"])

from debr import settings
from debr.outcome import RETRY_POLICY
from debr.steps import Step, make

SOON = timedelta(seconds=1)
QUICK = ExceptionRetryPolicy(
    rules=[replace(rule, retry_delay=rule.retry_delay and SOON) for rule in RETRY_POLICY.rules]
)

with DAG("statuses", default_args={"retries": 2, "retry_delay": SOON}) as dag:
    for status in (0, 1, 2, 3, 4, 5, 6, 7):
        made = make(Step(f"status {status}", [str(status)]), settings.read())
        made.retry_policy = QUICK
