"""Text that a stranger may have written neither steers a terminal nor breaks a picture, wherever it is shown."""

import io
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from rich.console import Console

from agent.cli.stderr import Printer
from agent.console import Narrator
from agent.dialects.dialect import Detection
from agent.dialects.escape import escaped
from agent.dialects.repair import readable
from agent.episode import Decision, Ending, Episode, Finish, Limits, Seconds, Step
from agent.models.endpoint.reply import clean
from agent.playback.captions import draw_caption, draw_label
from agent.playback.frame_layout import FrameLayout, PanelText
from agent.playback.step_card import step_text
from agent.queries.annotation import annotated_png
from agent.safe_text import safe_line, safe_text
from agent.verdict import RunResult
from devices import Box, Observation, OpenApp, Point, TypeText

HOSTILE = {
    "colour": "\x1b[31mred\x1b[0m",
    "window title": "\x1b]0;owned\x07",
    "clipboard": "\x1b]52;c;cm0gLXJm\x1b\\",
    "C1 sequence": "\x9b2J",
    "carriage return": "harmless\rdangerous",
    "backspace": "rm\x08\x08ls",
    "bidi override": "\u202egnp.exe\u202c",
    "bidi isolate": "\u2066abc\u2069",
    "zero width": "pay\u200bpal\ufeff",
    "lone surrogates": "\ud800 and \udfff",
    "line breaks": "one\ntwo\r\nthree\u2028four\x85five",
    "nul and tab": "a\x00b\tc",
    "rich markup": "[bold red]loud[/bold red] [link=file:///etc]x[/link] [/]",
}


def steers(text: str) -> list[str]:
    """The characters of `text` that a terminal would obey, or that reorder what is read."""
    return [
        each for each in text if each not in "\n\t" and unicodedata.category(each) in ("Cc", "Cf", "Cs", "Zl", "Zp")
    ]


def step_with(text: str) -> Step:
    seen = Observation(np.full((200, 320, 3), 90, np.uint8))
    return Step(0, seen, Decision(OpenApp(text), text, text, text), text, None, Seconds())


def narrated(text: str) -> str:
    narrator = Narrator(Limits())
    narrator.console = Console(file=io.StringIO(), highlight=False, soft_wrap=True)
    narrator.say(text)
    narrator.step(step_with(text))
    narrator.step(replace(step_with(text), decision=Decision(Finish(True, text))))
    ended = Episode("g", (), Ending.FINISHED, text)
    narrator.result(RunResult(ended, "failed", text, Path("recordings")))
    return _written(narrator.console)


def printed(text: str) -> str:
    console = Console(file=io.StringIO(), highlight=False, soft_wrap=True)
    Printer(console)(text)
    return _written(console)


def _written(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


SHOWN: dict[str, Callable[[str], str]] = {
    "safe_text": safe_text,
    "safe_line": safe_line,
    "endpoint": clean,
    "narrator": narrated,
    "printer": printed,
    "title card": lambda text: step_text(Episode("g", (), Ending.FINISHED), step_with(text)).plain,
}


@pytest.mark.parametrize("use", SHOWN)
@pytest.mark.parametrize("hostile", HOSTILE)
def test_nothing_that_is_shown_steers_the_terminal(use: str, hostile: str) -> None:
    shown = SHOWN[use](HOSTILE[hostile])
    assert steers(shown) == []
    assert shown.encode("utf-8")
    if hostile == "rich markup":
        assert "[bold red]loud[/bold red]" in shown, "markup is shown as it is and never obeyed"


@pytest.mark.parametrize("use", ["safe_line", "endpoint"])
@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_line_stays_one_line(use: str, hostile: str) -> None:
    assert len(SHOWN[use](HOSTILE[hostile]).splitlines()) == 1


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_is_drawn_on_a_picture_can_be_anything(hostile: str) -> None:
    text = HOSTILE[hostile]
    for move in (TypeText(text), OpenApp(text), Finish(False, text)):
        picture = Image.new("RGB", (640, 400))
        draw_caption(picture, move)
        assert np.asarray(picture).any()
    draw_label(Image.new("RGB", (640, 400)), Box(10, 10, 50, 50), text, 14)
    panel = PanelText(text, 1, 2, text, text, text, text)
    for room in ((640, 400), (400, 640)):
        assert FrameLayout(room).background(panel).size == FrameLayout(room).size
    places = [Detection(text, Point(20, 20)), Detection(text, Point(5, 5), Box(0, 0, 9, 9))]
    assert Image.open(io.BytesIO(annotated_png(np.zeros((80, 80, 3), np.uint8), places))).size == (80, 80)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_model_is_sent_and_is_read_only_what_can_be_encoded(hostile: str) -> None:
    for text in (escaped(HOSTILE[hostile]), readable(HOSTILE[hostile])):
        assert text.encode("utf-8")


def test_ordinary_text_stays_as_it_is() -> None:
    for text in ("naïve 12 € 中文", "línea uno\n\tlínea dos", "सभी", "👍🏽"):
        assert safe_text(text) == text
    assert safe_line("  two\n words  ") == "two words"
