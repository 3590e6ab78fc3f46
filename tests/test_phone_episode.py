"""What a phone's episode leaves behind: a recording that reads back equal, its page, and a world to be judged."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.episode import Finish, Move
from agent.loop import run_episode
from agent.policy import Scripted
from agent.recordings.reader import read_recording
from agent.recordings.writer import Recorder
from agent.report.page import write_page
from devices import Click, LongPress, MoveTo, OpenApp, Point, Press, Scroll, Stop, TypeText, Wait
from devices.android.android import Android
from devices.settled import Settled
from devices.simphone.private_adb_server import PrivateAdbServer
from devices.wrappers import Fresh
from tasks.checks import no_window_titled, parse_check
from tasks.world import LiveWorld
from tests.connected_phone import ConnectedPhone, connected_phone, driver_of

MOVES: tuple[Move, ...] = (
    OpenApp("Settings"),
    Scroll(Point(270, 700), "down"),
    MoveTo(Point(10, 10)),  # refused, and recorded with the reason
    LongPress(Point(270, 400)),
    Press(("home",)),
    TypeText("lost, since no field has the focus"),
    Press(("recents",)),
    Wait(0.0),
    Finish(succeeded=True, answer="done"),
)


@pytest.fixture(scope="module")
def connected(adb_server: PrivateAdbServer) -> Iterator[ConnectedPhone]:
    with connected_phone(adb_server) as connected:
        yield connected


@pytest.fixture
def device(connected: ConnectedPhone) -> Iterator[Android]:
    with driver_of(connected, Stop()) as device:
        yield device


def test_a_phone_episode_reads_back_equal_and_has_a_page_that_needs_nothing_else(
    device: Android, tmp_path: Path
) -> None:
    folder, stop = tmp_path / "episode", Stop()
    recorder = Recorder(folder, "look about", device="android", agent="scripted")
    hands = Settled(Fresh(device), stop)
    episode = run_episode("look about", hands, Scripted(MOVES), journal=recorder, stop=stop)
    assert [step.decision.move for step in episode.steps] == list(MOVES)
    assert "no pointer" in episode.steps[2].error
    assert any(element.checked is not None for step in episode.steps for element in step.seen.elements)

    recorded = read_recording(folder)
    assert recorded.episode == episode
    page = write_page(folder).read_text()
    assert not re.findall(r"(?:src|href)=[\"']?(?!data:|#)[^\"' >]+", page)
    assert page.count("data:image/") >= len({step.seen.digest for step in episode.steps})
    assert "no pointer" in page


def test_the_window_of_a_phone_is_the_application_in_front(device: Android) -> None:
    world = LiveWorld(device, device.probe, "", lambda seen: "")
    device.perform(OpenApp("Messages"))
    for title in ("Messages", "messages", "com.android.messaging", "ConversationList"):
        assert parse_check(f"window {title}")(world).passed, title
    other = parse_check("window Contacts")(world)
    assert not other.passed
    assert "'Messages'" in other.reason
    device.perform(Press(("home",)))
    assert no_window_titled("Messages")(world).passed


def test_a_window_check_that_cannot_look_is_no_zero(connected: ConnectedPhone, device: Android) -> None:
    world = LiveWorld(device, device.probe, "", lambda seen: "")
    device.perform(OpenApp("Messages"))
    connected.adbd.faults.add("refused", 1, "cmd package query-activities")
    with pytest.raises(OSError, match="cannot be reached"):
        parse_check("window Messages")(world)


def test_a_tap_is_recorded_where_it_was_made(device: Android, tmp_path: Path) -> None:
    device.perform(Press(("home",)))
    recorder = Recorder(tmp_path / "tap", "tap", device="android", agent="scripted")
    moves: tuple[Move, ...] = (Click(Point(270, 420)), Finish(succeeded=True))
    episode = run_episode("tap", device, Scripted(moves), journal=recorder)
    assert read_recording(tmp_path / "tap").episode.steps == episode.steps
