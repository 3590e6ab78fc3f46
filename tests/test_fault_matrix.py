"""Whatever an endpoint does, a run ends in time and with a name, costs what the policy says, and keeps the key.

SCREENHAND_FAULTS sets how often each fault is met; 20 is the full proof.
"""

import logging
import os
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest

from agent import Ending, Recorder, run_episode
from agent.models.endpoint.address import read_address
from agent.models.endpoint.api_key import ApiKey
from agent.models.endpoint.client import CallLimits, Endpoint
from agent.vision import VisionPolicy
from devices.toy import Toy
from tests.doubles.fault_matrix import ATTEMPTS, FAULTS
from tests.doubles.fault_server import fault_server
from tests.test_vision import Bare

RUNS = int(os.environ.get("SCREENHAND_FAULTS", "1"))
SECONDS = 1.0
SECRET = "sk-canary-7f3a9b/c+d="  # noqa: S105 - nobody's
LIMITS = CallLimits(seconds=SECONDS, attempts=ATTEMPTS, pause=0.01)


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """Everything that anyone logs while the test runs, at DEBUG and below, in one file."""
    file, root = tmp_path / "log.txt", logging.getLogger()
    handler, level = logging.FileHandler(file), root.level
    root.addHandler(handler)
    root.setLevel(1)
    try:
        yield file
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
        handler.close()


@pytest.mark.parametrize("name", FAULTS)
def test_a_faulty_endpoint_never_hangs_a_run_nor_learns_more_than_it_should(
    name: str, tmp_path: Path, log: Path
) -> None:
    fault = FAULTS[name]
    for number in range(RUNS):
        with fault_server(fault.play) as (server, other):
            heard: list[str] = []
            model = Endpoint(read_address(server.url), "canned", key=ApiKey(SECRET), limits=LIMITS, say=heard.append)
            began = monotonic()
            recorder = Recorder(tmp_path / f"run{number}", "sign in", device="toy", agent=model.name)
            episode = run_episode("sign in", Toy(), VisionPolicy(model, Bare()), journal=recorder)
            took = monotonic() - began
            model.close()
        calls = max(1, len(episode.steps))
        in_time = took < SECONDS * 0.9  # on a busy machine the deadline may come before the fault has shown
        assert episode.ending is fault.ending or (not in_time and episode.ending is Ending.ENDPOINT_DOWN), (
            episode.reason
        )
        assert took <= calls * SECONDS + 1
        assert len(server.heads) == fault.requests or (not in_time and len(server.heads) < fault.requests)
        assert other.connections == 0, "another origin was asked"
        assert all(SECRET.encode() in head for head in server.heads)
        (tmp_path / f"said{number}").write_text("\n".join([episode.reason, *heard, *map(repr, episode.steps)]))
    for file in tmp_path.rglob("*"):
        if file.is_file():
            for form in (SECRET.encode(), b64encode(SECRET.encode()), SECRET.replace("/", "\\/").encode()):
                assert form not in file.read_bytes(), f"the key stands in {file.name}"


def test_an_endpoint_that_is_not_there_is_down_and_not_an_error_of_ours() -> None:
    with fault_server(FAULTS["fine"].play) as (server, _):
        pass
    model = Endpoint(read_address(server.url), "canned", limits=LIMITS)
    episode = run_episode("sign in", Toy(), VisionPolicy(model, Bare()))
    assert (episode.ending, server.connections) == (Ending.ENDPOINT_DOWN, 0)
    assert "refused" in episode.reason
