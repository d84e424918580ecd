"""The Jupyter side of warm kernels: a kernel manager, and the provisioner that forks instead of starting Python."""

from __future__ import annotations

import asyncio
import os
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, cast

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from analysis.build.forks import start

NAME: Final = "warm-provisioner"


class WarmKernelManager(AsyncKernelManager):
    """A kernel manager whose kernels come from the warm process, whatever their kernel spec says."""

    @property
    def kernel_spec(self) -> KernelSpec | None:
        """The kernel spec, with the provisioner of warm kernels."""
        spec = super().kernel_spec
        if spec is not None:
            spec.metadata = {**spec.metadata, "kernel_provisioner": {"provisioner_name": NAME}}
        return spec


class WarmProvisioner(LocalProvisioner):
    """Launches a kernel as a fork of the warm process; all else is as with an ordinary local kernel."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork a kernel with the arguments, environment and folder that an ordinary one would have."""
        forked = start(cmd[1:], dict(kwargs.get("env") or os.environ), str(kwargs.get("cwd") or Path.cwd()))
        self.process = cast(Any, forked)
        self.pid = cast(Any, forked.pid)
        self.pgid = cast(Any, forked.pid)  # the kernel leads a group of its own, so that what it starts ends with it
        return self.connection_info

    async def kill(self, restart: bool = False) -> None:
        """Kill the kernel and see it end: who asks for its end later looks ten times a second."""
        await super().kill(restart)
        with suppress(subprocess.TimeoutExpired):
            await asyncio.to_thread(cast(Any, self.process).wait, 1)
