"""A real third-party server of chat completions: `transformers serve`, on loopback, with a checkpoint of ours."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from time import monotonic

import httpx2

from devices import Stop

ROOT = Path(__file__).parent.parent.parent


@contextmanager
def transformers_serve(checkpoint: Path, seconds: float = 120.0) -> Iterator[str]:
    """The base URL (ending in /v1) of a server whose model is called str(`checkpoint`), until the block ends.

    It may not reach the network. Fails with what the server printed when it is not ready within `seconds`.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "tests.doubles.transformers_main", "serve", str(checkpoint)]
    command += ["--host", "127.0.0.1", "--port", str(port), "--device", "cpu"]
    with TemporaryDirectory() as home, TemporaryFile("w+") as printed:
        settings = {"HF_HOME": home, "HF_HUB_OFFLINE": "1", "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
        server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **settings}, stdout=printed, stderr=printed)
        try:
            deadline, client = monotonic() + seconds, httpx2.Client(trust_env=False, timeout=5)
            with client:
                while not _healthy(client, f"http://127.0.0.1:{port}/health"):
                    if server.poll() is not None or monotonic() > deadline:
                        printed.seek(0)
                        raise RuntimeError(f"transformers serve did not become ready:\n{printed.read()[-4000:]}")
                    Stop().wait(0.1)
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            server.kill()
            server.wait()


def _healthy(client: httpx2.Client, address: str) -> bool:
    try:
        return client.get(address).status_code == 200
    except httpx2.HTTPError:
        return False
