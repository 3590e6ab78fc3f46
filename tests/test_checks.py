"""Checks judge the world, name what they found, and raise where they cannot look."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from devices import Action, Box, Element, Observation
from devices.desktop.probe import HomeProbe
from tasks import checks
from tasks.task import Check, World
from tasks.world import LiveWorld


@dataclass
class Still:
    """A device that always shows the same windows."""

    titles: tuple[str, ...] = ()
    name: str = "still"
    performed: list[Action] = field(default_factory=list)

    def observe(self) -> Observation:
        windows = tuple(Element("window", title, Box(0, 0, 10, 10)) for title in self.titles)
        return Observation(np.zeros((10, 10, 3), np.uint8), elements=windows)

    def perform(self, action: Action) -> None:
        self.performed.append(action)

    def close(self) -> None:
        pass


@pytest.fixture
def world(tmp_path: Path) -> Callable[..., World]:
    """Makes a world with a few files, a Mousepad window, given words on the screen and a given answer."""
    probe = HomeProbe(tmp_path, {"PATH": "/usr/bin:/bin"})
    probe.write("notes.txt", "hello\nwörld\n".encode())
    probe.write("my notes.txt", b"spaces in the name")
    probe.write("Reports/q1.txt", b"")

    def make(text: str = "", answer: str = "") -> World:
        return LiveWorld(Still(("notes.txt - Mousepad",)), probe, answer, lambda screen: text)

    return make


@pytest.mark.parametrize(
    ("check", "passes"),
    [
        ("file:~/notes.txt contains wörld", True),
        ("file:~/notes.txt contains World", False),
        ("file:~/my notes.txt contains in the name", True),
        ("file:notes.txt equals hello\nwörld", True),
        ("file:notes.txt equals hello", False),
        ("file:nowhere.txt contains hello", False),
        ("file:Reports contains hello", False),
        ("file:Reports exists", True),
        ("file:Reports/q1.txt exists", True),
        ("file:notes.txt/q1.txt exists", False),
        ("file:nowhere.txt missing", True),
        ("file:notes.txt missing", False),
        ("  screen contains welcome   back ", True),
        ("screen contains farewell", False),
        ("window mousepad", True),
        ("window Galculator", False),
        ("answer contains 42", True),
        ("answer contains 4", False),
        ("answer equals it is 42.", True),
        ("answer equals 42", False),
    ],
)
def test_each_form_of_the_grammar_judges_the_world(world: Callable[..., World], check: str, passes: bool) -> None:
    score = checks.parse_check(check)(world("User\nWelcome\n back", "It is 42."))
    assert score.passed is passes
    assert score.reason


@pytest.mark.parametrize(
    "text", ["", "file:", "file:a", "file:a holds b", "contains x", "screen", "window", "answer 42", "file:a contains "]
)
def test_what_is_no_check_is_refused_with_the_grammar(text: str) -> None:
    with pytest.raises(ValueError, match="file:PATH contains TEXT"):
        checks.parse_check(text)


def test_every_example_in_the_grammar_is_read() -> None:
    for line in checks.GRAMMAR.splitlines():
        assert callable(checks.parse_check(line[28:]))


@pytest.mark.parametrize(
    ("check", "passes"),
    [
        (checks.folder_exists("~/Reports"), True),
        (checks.folder_exists("~/notes.txt"), False),
        (checks.no_window_titled("Galculator"), True),
        (checks.no_window_titled("Mousepad"), False),
    ],
)
def test_the_checks_that_only_suites_use_judge_too(world: Callable[..., World], check: Check, passes: bool) -> None:
    assert check(world()).passed is passes


def test_half_of_it_is_half_a_score(world: Callable[..., World]) -> None:
    score = checks.all_of(checks.file_exists("notes.txt"), checks.window_titled("Galculator"))(world())
    assert score.value == 0.5
    assert not score.passed
    assert "notes.txt exists" in score.reason
    assert "no window is titled 'Galculator'" in score.reason


class Cut:
    """A probe whose cable is cut."""

    def read(self, path: str) -> bytes:
        raise ConnectionResetError("the cable was cut")

    def write(self, path: str, data: bytes) -> None: ...
    def run(self, command: tuple[str, ...], seconds: float = 20.0) -> str:
        return ""


@pytest.mark.parametrize("form", ["contains x", "equals x", "exists", "missing"])
def test_a_check_that_cannot_look_raises_and_scores_nothing(form: str) -> None:
    world = LiveWorld(Still(), Cut(), "", lambda screen: "")
    with pytest.raises(ConnectionResetError):
        checks.parse_check(f"file:a.txt {form}")(world)
