"""A model that computes obeys Ctrl-C at once, and its process leaves cleanly.

SCREENHAND_STOPS sets how many processes are interrupted; 60 is the full proof.
"""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from agent.models.chat import Message
from agent.models.local.loader import open_local
from devices import Stop, Stopped
from devices.stop import OutOfTime
from tests.doubles.conversations import picture
from tests.doubles.tiny_qwen import save_tiny

STOPS = int(os.environ.get("SCREENHAND_STOPS", "2"))
ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_tiny(tmp_path_factory.mktemp("qwen"))


@pytest.mark.parametrize("run", range(STOPS))
def test_ctrl_c_ends_an_answer_within_200_ms_and_the_process_leaves_cleanly(folder: Path, run: int) -> None:
    size = ((1316, 728), (56, 56), (336, 336))[run % 3]
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.doubles.long_reply", str(folder), *map(str, size)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "begun\n"
    Stop().wait(random.Random(run).uniform(0.2, 1.5))
    asked = time.monotonic()
    child.send_signal(signal.SIGINT)
    said, complaint = child.communicate(timeout=30)
    left = time.monotonic()
    assert (child.returncode, complaint) == (130, "")
    assert float(said) - asked < 0.2
    assert left - asked < 15, "it hangs at its exit"


def test_the_deadline_of_a_run_ends_an_answer_too(folder: Path) -> None:
    stop = Stop()
    model = open_local(str(folder), stop=stop, say=lambda line: None)
    started = time.monotonic()

    def ask_on() -> None:
        while True:
            model.complete([Message("user", (picture(1, (336, 336)), "x"))], max_tokens=300)

    with pytest.raises(OutOfTime), stop.within(0.5):
        ask_on()
    assert time.monotonic() - started < 1
    assert model.complete([Message("user", ("x",))], max_tokens=3), "what was half read is forgotten"


def test_loading_can_be_stopped(folder: Path) -> None:
    stop = Stop()
    done: list[tuple[int, int]] = []

    def progress(now: int, total: int) -> None:
        done.append((now, total))
        if now == 10:
            stop.ask("enough")

    with pytest.raises(Stopped, match="enough"):
        open_local(str(folder), stop=stop, say=lambda line: None, progress=progress)
    assert done[-1][0] == 10 < done[-1][1]


def test_whoever_closes_a_model_waits_for_the_thread_that_uses_it(folder: Path) -> None:
    import threading

    model: Any = open_local(str(folder), stop=Stop(), say=lambda line: None)
    ended: list[BaseException] = []

    def ask_on() -> None:
        try:
            while True:
                model.complete([Message("user", (picture(1, (336, 336)), "x"))], max_tokens=300)
        except BaseException as error:  # noqa: BLE001 - looked at below
            ended.append(error)

    thread = threading.Thread(target=ask_on, daemon=True)
    thread.start()
    Stop().wait(0.3)
    model.close()
    thread.join(1)
    assert [type(error).__name__ for error in ended] in (["Stopped"], ["ModelFailed"])
