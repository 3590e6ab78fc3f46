"""The embedded default in front of real applications: what it reads there, and literal goals."""

import shutil
from collections.abc import Iterator

import pytest

from agent.builtin import Builtin, Reader
from agent.episode import Ending, Episode
from agent.grounding.find import find
from agent.grounding.target import Target
from agent.loop import run_episode
from agent.screen.screen import Screen
from devices import OpenApp, Stop
from devices.desktop.private_display import missing
from devices.desktop.sandbox import Sandbox
from devices.settled import Settled
from devices.wrappers import Fresh
from tasks.suites.desktop import PACKAGES

ABSENT = (*missing(), *(program for program in PACKAGES if shutil.which(program) is None))
pytestmark = pytest.mark.skipif(bool(ABSENT), reason=f"not installed: {', '.join(ABSENT)}")


@pytest.fixture(scope="module")
def policy() -> Builtin:
    return Builtin(Reader())


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    sandbox = Sandbox(Stop())
    yield sandbox
    sandbox.close()


def test_every_key_of_a_calculator_is_found(sandbox: Sandbox) -> None:
    screen = Settled(sandbox, Stop())
    screen.perform(OpenApp("galculator"))
    seen = screen.observe()
    parsed = Screen(seen, Reader().read)
    keys = [*"0123456789.=+-*/%()C", "AC", "<-", "+/-", "sqrt", "plus", "equals", "seven", "×", "÷"]
    places = {key: found[0].at for key in keys if (found := find(Target(key), parsed))}
    assert set(keys) == set(places)
    assert len({places[key] for key in keys[:24]}) == 24, "each key is a place of its own"
    assert (places["plus"], places["seven"], places["×"]) == (places["+"], places["7"], places["*"])


@pytest.mark.parametrize("menu", ["File", "Edit", "View", "Bookmarks", "Go", "Tools", "Help"])
def test_menus_with_access_keys_are_read(menu: str, sandbox: Sandbox) -> None:
    screen = Settled(sandbox, Stop())
    screen.perform(OpenApp("file manager"))
    seen = screen.observe()
    assert find(Target(menu, "menu"), Screen(seen, Reader().read))


def pursued(goal: str, sandbox: Sandbox, policy: Builtin) -> Episode:
    stop = Stop()
    return run_episode(goal, Settled(Fresh(sandbox), stop), policy, stop=stop)


WRITTEN = {
    "Open Mousepad, type \"It's 5 o'clock\" and save it as time.txt": ("time.txt", "It's 5 o'clock"),
    "Please start the text editor; write 'one' then press Enter, then write 'two'. Save the file as two.txt.": (
        "two.txt",
        "one\ntwo",
    ),
    "open the text editor, type 'wash the car', save as todo.txt": ("todo.txt", "wash the car"),
    "open the terminal, type 'echo hi > hi.txt', press enter": ("hi.txt", "hi\n"),
    "Open Mousepad. Open old.txt. Press ctrl+a, type 'new stuff' and save": ("old.txt", "new stuff"),
    "open the text editor, type hello, save as old.txt": ("old.txt", "hello"),
}


@pytest.mark.parametrize("goal", WRITTEN)
def test_a_stranger_writes_a_file(goal: str, sandbox: Sandbox, policy: Builtin) -> None:
    name, text = WRITTEN[goal]
    sandbox.probe.write("~/old.txt", b"old")
    episode = pursued(goal, sandbox, policy)
    assert episode.ending is Ending.FINISHED, episode.answer
    assert sandbox.probe.read(f"~/{name}").decode() == text


ANSWERED = {
    "Open the calculator and click 1, 2, plus, 3 and equals, then tell me what the display shows": "15",
    "open calculator and type 1250+34=, what's the result?": "1284",
    "open xterm, type 'echo $((6*7))', hit enter, and read the output": "42",
    "open the text editor, open ~/rows.txt, scroll to the bottom and tell me what the last line says": "Row 200",
}


@pytest.mark.parametrize("goal", ANSWERED)
def test_a_stranger_is_answered_from_the_screen(goal: str, sandbox: Sandbox, policy: Builtin) -> None:
    sandbox.probe.write("~/rows.txt", "\n".join(f"Row {row}" for row in range(1, 201)).encode())
    assert pursued(goal, sandbox, policy).answer == ANSWERED[goal]


@pytest.mark.xfail(strict=True, reason="Galculator drops a key that is repeated within a quarter of a second")
def test_equal_digits_in_a_row_reach_the_calculator(sandbox: Sandbox, policy: Builtin) -> None:
    assert pursued("open calculator and type 1000+2000=, what's the result?", sandbox, policy).answer == "3000"


def test_a_save_that_fails_is_not_called_finished(sandbox: Sandbox, policy: Builtin) -> None:
    episode = pursued("open the text editor, type 'x', save it as ~/nowhere/deep/a.txt", sandbox, policy)
    assert episode.ending is Ending.GAVE_UP
    assert "stays open" in episode.answer


def test_closing_asks_what_to_do_with_changes(sandbox: Sandbox, policy: Builtin) -> None:
    episode = pursued("open Mousepad, type 'abc', close the window", sandbox, policy)
    assert episode.ending is Ending.GAVE_UP
    assert "close without saving" in episode.answer
    episode = pursued("close the dialog, then close the window without saving", sandbox, policy)
    assert (episode.ending, sandbox.observe().elements) == (Ending.FINISHED, ())
