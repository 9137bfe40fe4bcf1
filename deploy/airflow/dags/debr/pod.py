"""Runs a command as a pod: the image gets the same arguments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from airflow.providers.cncf.kubernetes.operators.pod import KubernetesPodOperator
from airflow.providers.cncf.kubernetes.secret import Secret
from airflow.sdk.exceptions import AirflowException
from kubernetes.client import models as k8s

from debr.outcome import Summary, parse_summary, succeed_or_raise
from debr.settings import Settings

# Log lines to search for the summary, which a command prints last.
TAIL = 200

USER = 65532


def resources(cpu: str, memory: str) -> k8s.V1ResourceRequirements:
    """Return the resources of a pod: memory is limited, CPU time is not."""
    return k8s.V1ResourceRequirements(
        requests={"cpu": cpu, "memory": memory}, limits={"memory": memory}
    )


def exit_status(pod: k8s.V1Pod | None, container: str) -> int | None:
    """Return the exit code of a container, or None if it has not ended."""
    statuses = (pod.status.container_statuses or []) if pod and pod.status else []
    for status in statuses:
        if status.name == container and status.state and status.state.terminated:
            return int(status.state.terminated.exit_code)
    return None


class PodOperator(KubernetesPodOperator):
    """Runs the image with the arguments of a command. It reads the summary from the pod's log, so
    it needs no sidecar and no right to run commands in pods."""

    def __init__(
        self,
        *,
        step: str,
        arguments: list[str],
        secrets: Sequence[str],
        settings: Settings,
        size: tuple[str, str],
        **kwargs: Any,
    ) -> None:
        claim = k8s.V1PersistentVolumeClaimVolumeSource(claim_name=settings.volume)
        super().__init__(
            arguments=arguments,
            image=settings.image,
            namespace=settings.namespace,
            # Each key of the secret becomes an environment variable.
            secrets=[Secret("env", None, name) for name in secrets],  # type: ignore[no-untyped-call]
            container_resources=resources(*size),
            volumes=[
                k8s.V1Volume(name="data", persistent_volume_claim=claim),
                k8s.V1Volume(name="tmp", empty_dir=k8s.V1EmptyDirVolumeSource()),
            ],
            volume_mounts=[
                k8s.V1VolumeMount(name="data", mount_path=settings.mount),
                k8s.V1VolumeMount(name="tmp", mount_path="/tmp"),
            ],
            security_context=k8s.V1PodSecurityContext(
                run_as_non_root=True,
                run_as_user=USER,
                fs_group=USER,
                seccomp_profile=k8s.V1SeccompProfile(type="RuntimeDefault"),
            ),
            container_security_context=k8s.V1SecurityContext(
                allow_privilege_escalation=False,
                read_only_root_filesystem=True,
                capabilities=k8s.V1Capabilities(drop=["ALL"]),
            ),
            labels={"app.kubernetes.io/name": "debr"},
            automount_service_account_token=False,
            log_pod_spec_on_failure=False,
            **kwargs,
        )
        self.step = step

    def execute(self, context: Any) -> Summary:
        """Run the pod to its end; raise `CommandFailed` for a status other than 0."""
        self._summary: Summary = {}
        # During the run this flag would add a sidecar; after the run it saves the result.
        self.do_xcom_push = False
        super().execute(context)
        self.do_xcom_push = True
        return self._summary

    def post_complete_action(
        self, *, pod: k8s.V1Pod, remote_pod: k8s.V1Pod, context: Any, result: Any, **kwargs: Any
    ) -> None:
        """Read summary and exit code before the pod is deleted."""
        status = exit_status(remote_pod, self.base_container_name)
        if status is not None:
            self._summary = self._read_summary(remote_pod)
        try:
            super().post_complete_action(
                pod=pod, remote_pod=remote_pod, context=context, result=result, **kwargs
            )
        except AirflowException:
            # No command failed, so this is an error of Kubernetes: raise it unchanged.
            if status is None or status == 0:
                raise
            succeed_or_raise(self.step, status, self._summary)

    def _read_summary(self, pod: k8s.V1Pod) -> Summary:
        log = self.client.read_namespaced_pod_log(
            name=pod.metadata.name,
            namespace=pod.metadata.namespace,
            container=self.base_container_name,
            tail_lines=TAIL,
            _preload_content=False,
        )
        return parse_summary(log.data.decode("utf-8", errors="replace"))
