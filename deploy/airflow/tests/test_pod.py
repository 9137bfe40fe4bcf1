from __future__ import annotations

import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from airflow.dag_processing.dagbag import DagBag
from airflow.sdk.exceptions import AirflowException
from kubernetes.client import models as k8s

from debr.outcome import CommandFailed, Stopped
from debr.pod import PodOperator, exit_status
from debr.settings import read
from debr.steps import SECRETS, Step, make

SETTINGS = read({"DEBR_RUNNER": "kubernetes", "DEBR_IMAGE": "debr:1"})


@pytest.fixture(autouse=True)
def _no_cluster(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PodOperator, "hook", SimpleNamespace(is_in_cluster=False))


def request_of(task: Any) -> dict[str, Any]:
    """Return the pod that a task requests, as JSON."""
    return json.loads(json.dumps(task.build_pod_request_obj().to_dict(), default=str))


def ended(status: int, phase: str = "Failed") -> k8s.V1Pod:
    terminated = k8s.V1ContainerStateTerminated(exit_code=status)
    container = k8s.V1ContainerStatus(
        **{"name": "base", "image": "debr:1", "image_id": "", "ready": False, "restart_count": 0},
        state=k8s.V1ContainerState(terminated=terminated),
    )
    return k8s.V1Pod(
        metadata=k8s.V1ObjectMeta(name="debr-load", namespace="debr"),
        status=k8s.V1PodStatus(phase=phase, container_statuses=[container]),
    )


def test_a_pod_has_its_arguments_and_minimal_rights() -> None:
    pod = request_of(make(Step("load", ["load", "--json"], ("debr-database",)), SETTINGS))
    (container,) = pod["spec"]["containers"]
    assert (container["image"], container["args"]) == ("debr:1", ["load", "--json"])
    assert container["command"] in (None, [])
    assert container["security_context"]["read_only_root_filesystem"] is True
    assert container["security_context"]["allow_privilege_escalation"] is False
    assert container["security_context"]["capabilities"]["drop"] == ["ALL"]
    assert pod["spec"]["security_context"]["run_as_non_root"] is True
    assert pod["spec"]["automount_service_account_token"] is False
    assert container["resources"]["limits"] == {"memory": "512Mi"}
    assert container["resources"]["requests"] == {"cpu": "250m", "memory": "512Mi"}
    mounts = {each["name"]: each["mount_path"] for each in container["volume_mounts"]}
    assert mounts == {"data": "/app/data", "tmp": "/tmp"}
    claims = [each["persistent_volume_claim"] for each in pod["spec"]["volumes"]]
    assert claims[0]["claim_name"] == "debr-data"


def test_a_pod_references_its_secrets_and_contains_none(
    load: Callable[..., DagBag],
) -> None:
    expected = {
        "check_pages": [],
        "extract": [],
        "check_tables": [],
        "load": ["debr-database"],
        "drift": ["debr-database"],
        "check_database": ["debr-database"],
        "backup": ["debr-backup"],
        "report": [],
    }
    dag = load("kubernetes").dags["debr_nightly"]
    for task_id, secrets in expected.items():
        pod = request_of(dag.get_task(task_id))
        (container,) = pod["spec"]["containers"]
        named = [each["secret_ref"]["name"] for each in container["env_from"] or []]
        assert named == secrets
        assert container["env"] in (None, [])
        assert "PLANTED" not in json.dumps(pod)
        assert set(secrets) <= set(SECRETS)


@pytest.mark.parametrize(("status", "kind"), [(5, Stopped), (6, Stopped), (3, CommandFailed)])
def test_a_failed_pod_raises_the_error_of_its_status(
    monkeypatch: pytest.MonkeyPatch, status: int, kind: type[CommandFailed]
) -> None:
    step = make(Step("load", ["load"]), SETTINGS)
    assert isinstance(step, PodOperator)
    printed = b'starting\n{"error": {"message": "Cannot load"}}\nbye\n'
    client = SimpleNamespace(read_namespaced_pod_log=lambda **_: SimpleNamespace(data=printed))
    monkeypatch.setattr(PodOperator, "client", client)
    for name in ("is_istio_enabled", "patch_already_checked", "process_pod_deletion"):
        monkeypatch.setattr(step, name, lambda *_, **__: False)
    pod = ended(status)
    with pytest.raises(kind, match=f"load ended with status {status}: Cannot load") as raised:
        step.post_complete_action(pod=pod, remote_pod=pod, context={}, result=None)
    assert type(raised.value) is kind
    assert raised.value.status == status


def test_an_error_of_kubernetes_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    step = make(Step("load", ["load"]), SETTINGS)
    for name in ("is_istio_enabled", "patch_already_checked", "process_pod_deletion"):
        monkeypatch.setattr(step, name, lambda *_, **__: False)
    pod = ended(0)
    pod.status.container_statuses = None
    assert exit_status(pod, "base") is None
    with pytest.raises(AirflowException, match="returned a failure") as raised:
        step.post_complete_action(pod=pod, remote_pod=pod, context={}, result=None)
    assert not isinstance(raised.value, CommandFailed)
