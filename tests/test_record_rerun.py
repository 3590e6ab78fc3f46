"""Demonstrated work is done again by `rerun`, on a phone and on a desktop that are new: SCREENHAND_DEMONSTRATIONS=1."""

import os
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from agent.builtin import Reader
from agent.demonstration import demonstrate
from agent.episode import Ending, Episode
from agent.loop import run_episode
from agent.recordings.reader import read_recording
from agent.recordings.writer import Recorder
from agent.rerun.policy import Rerun
from agent.rerun.screen_match import ScreenMatcher
from devices import Device, Stop
from devices.android.input_monitor import AndroidInputMonitor
from devices.demonstration import InputMonitor
from devices.desktop.private_display import missing
from devices.desktop.sandbox import Sandbox
from devices.desktop.x11_input_monitor import X11InputMonitor
from devices.settled import Settled
from devices.simphone.phone import Phone
from devices.simphone.simphone import SimPhone
from devices.wrappers import Fresh
from tests.conftest import until
from tests.connected_phone import NOON, SIZE
from tests.doubles.person import Person
from tests.doubles.simphone_hand import Hand
from tests.simphone_touch import node_named

pytestmark = pytest.mark.skipif(
    not os.environ.get("SCREENHAND_DEMONSTRATIONS"), reason="takes a minute: SCREENHAND_DEMONSTRATIONS=1"
)


def shown(folder: Path, monitor: InputMonitor, stop: Stop, work: Callable[[], None]) -> None:
    """Record what `work` does, in `folder`."""

    def all_of_it() -> None:
        Stop().wait(1.0)
        work()
        Stop().wait(1.0)
        stop.ask("that was all")

    busy = threading.Thread(target=all_of_it)
    busy.start()
    recorder = Recorder(folder, "g", device=monitor.name, agent="a person", recorded_by="human")
    assert demonstrate("g", monitor, recorder, stop).ending is Ending.FINISHED
    busy.join()


def done_again(folder: Path, device: Device, stop: Stop) -> Episode:
    policy = Rerun(read_recording(folder).episode, ScreenMatcher(Reader(), 0.9))
    return run_episode("again", Settled(Fresh(device), stop), policy, stop=stop)


def new_phone() -> SimPhone:
    return SimPhone(Stop(), Phone(SIZE, animations=False, wall=lambda: NOON))


def test_a_note_that_a_finger_wrote_is_written_again_on_a_new_phone(tmp_path: Path) -> None:
    stop = Stop()
    with closing(new_phone()) as sim, closing(AndroidInputMonitor(sim.driver, stop)) as monitor:

        def touch(x: int, y: int) -> None:
            Hand(sim.adbd.shell_host).tap(x, y)

        def work() -> None:
            for words in ("Notes", "New note", "Title"):
                at = node_named(sim.phone, words).box.center
                touch(at.x, at.y)
                Stop().wait(1.0)
            for key in "hello":
                at = sim.phone.key_boxes[key].center
                touch(at.x, at.y)
            Stop().wait(1.5)
            at = node_named(sim.phone, "Save").box.center
            touch(at.x, at.y)

        shown(tmp_path / "e", monitor, stop, work)
    with closing(new_phone()) as sim:
        episode = done_again(tmp_path / "e", sim, Stop())
        assert episode.ending is Ending.FINISHED, episode.answer
        assert sim.phone.rows("content://notes")[-1]["title"] == "hello"


def test_a_file_that_a_person_saved_is_saved_again_on_a_new_desktop(tmp_path: Path) -> None:
    if missing():
        pytest.skip("no private display")
    file, stop = tmp_path / "byhand.txt", Stop()

    def editor(sandbox: Sandbox) -> None:
        sandbox.apps.start("mousepad")
        until(lambda: [each for each in sandbox.observe().elements if "Mousepad" in each.text])
        Stop().wait(2.0)

    with closing(Sandbox(Stop())) as sandbox:
        editor(sandbox)
        display = sandbox.private.display_name
        with closing(X11InputMonitor(stop, display_name=display)) as monitor, closing(Person(display)) as person:

            def work() -> None:
                person.click(640, 400)
                person.sees(lambda: person.write("written by hand 42"))
                person.sees(lambda: person.keys("Control_L", "s"))
                person.sees(lambda: person.keys("Control_L", "a"))
                person.sees(lambda: person.write(str(file)))
                person.sees(lambda: person.keys("Return"))

            shown(tmp_path / "e", monitor, stop, work)
    assert file.read_text() == "written by hand 42"
    file.unlink()
    with closing(Sandbox(Stop())) as sandbox:
        editor(sandbox)
        episode = done_again(tmp_path / "e", sandbox, Stop())
        assert episode.ending is Ending.FINISHED, episode.answer
    assert file.read_text() == "written by hand 42"
