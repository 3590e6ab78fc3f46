"""Recorded work is done again where it can be, and nothing is touched where it cannot."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from agent.builtin import Builtin, Reader
from agent.episode import Ending, Episode, Limits
from agent.loop import run_episode
from agent.reading import read_recording
from agent.recording import Recorder
from agent.rerun.finding import Finder
from agent.rerun.policy import Rerun
from agent.rerun.variables import Replaced
from devices import Action, Observation, Point
from devices.toy import Toy
from devices.wrappers import Wrapper

GOAL = "click the Name field, type 'Grace', press tab, type 'secret' and click Sign in"
READER = Reader()


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("toy") / "recording"
    run_episode(GOAL, Toy(), Builtin(), journal=Recorder(folder, GOAL, device="toy", agent="builtin"))
    return folder


class Framed(Wrapper):
    """The device's screen inside a larger one, moved and scaled, in inverted colours if asked."""

    def __init__(
        self, toy: Toy, shift: tuple[int, int] = (0, 0), scale: float = 1.0, *, inverted: bool = False
    ) -> None:
        super().__init__(toy)
        self._shift, self._scale, self._inverted = shift, scale, inverted
        self.done: list[Action] = []
        self.toy = toy

    def observe(self) -> Observation:
        import cv2

        seen = self.device.observe()
        pixels = np.asarray(
            cv2.resize(seen.pixels, None, fx=self._scale, fy=self._scale, interpolation=cv2.INTER_CUBIC)
        )
        if self._inverted:
            pixels = 255 - pixels
        right, down = self._shift
        screen = np.full((pixels.shape[0] + down, pixels.shape[1] + right, 3), 128, np.uint8)
        screen[down:, right:] = pixels
        return replace(seen, pixels=screen)

    def perform(self, action: Action) -> None:
        from agent.rerun.policy import relocated
        from devices.actions import points_of

        right, down = self._shift
        back = tuple(
            Point(round((p.x - right) / self._scale), round((p.y - down) / self._scale)) for p in points_of(action)
        )
        self.done.append(action)
        self.device.perform(relocated(action, back))


def rerun(folder: Path, device: Wrapper | Toy, **options: object) -> tuple[Episode, Rerun]:
    recording = read_recording(folder)
    replaced = Replaced({"Grace": "Ada"}) if options.get("ada") else Replaced()
    policy = Rerun(recording.episode, Finder(READER, free=replaced.is_free), replaced, patience=0.5)
    return run_episode(GOAL, device, policy, limits=Limits(steps=40)), policy


@pytest.mark.parametrize(
    ("shift", "scale", "inverted", "how"),
    [((0, 0), 1.0, False, "same"), ((90, 57), 1.0, False, "moved"), ((0, 0), 1.25, False, "scaled"),
     ((30, 0), 1.5, False, "scaled"), ((0, 0), 1.0, True, "restyled")],
)  # fmt: skip
def test_work_is_done_again_on_a_screen_that_looks_otherwise(
    recorded: Path, shift: tuple[int, int], scale: float, inverted: bool, how: str
) -> None:
    toy = Toy()
    episode, policy = rerun(recorded, Framed(toy, shift, scale, inverted=inverted))
    assert episode.ending is Ending.FINISHED, policy.miss
    assert toy.message == "Welcome, Grace"
    assert set(policy.found.values()) == {how}
