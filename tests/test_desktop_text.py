"""Text reaches a GTK and a Tk field exactly as asked, or is refused by the name of its first impossible character.

SCREENHAND_STRINGS sets how many random strings are tried in each; 2000 is the full proof.
"""

import os
import random
import shutil
import subprocess
import sys
import time
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from devices import ActionRefused, Click, Press, Stop, TypeText
from devices.desktop import Desktop
from tests.conftest import Window, ended, until
from tests.test_desktop import NoApps

STRINGS = int(os.environ.get("SCREENHAND_STRINGS", "60"))


@pytest.fixture(params=["gtk_field", "tk_field"])
def field(request: pytest.FixtureRequest, x_display: str) -> Iterator[Window]:
    window = Window(request.param, x_display)
    yield window
    window.close()


@pytest.fixture
def desktop(x_display: str, field: Window) -> Iterator[Desktop]:
    with closing(Desktop(Stop(), NoApps(), display_name=x_display, watch_pointer=False)) as device:
        (window,) = until(lambda: device.observe().elements)
        device.perform(Click(window.box.center))
        until(lambda: device.observe().front == window.text)
        yield device


@pytest.mark.parametrize(
    "text",
    [
        "Hello, World",
        """ !"#$%&'()*+,-./0123456789:;<=>?@ABCXYZ[\\]^_`abcxyz{|}~""",
        "<<>><", # pyautogui types > for <
        "ÄÖÜäöüß éèêñ ÇÑÉ Łódź ıİſ",
        "Grüße\n\tan alle\n",
        "日本語 中文 한국어 العربية עברית ไทย हिन्दी",
        "Привет, мир. Ёлка. Ελληνικά",
        "👩‍👩‍👧 😀😀 🇩🇪 e\u0301 \u00a0\u00ad\u2028|\u200b|\ufeff|",
        "€ £ µ ° ½ × ÷ “quotes” — … • √ ≠ ∞",
        "",
    ],
)  # fmt: skip
def test_text_is_not_changed_on_its_way(desktop: Desktop, field: Window, text: str) -> None:
    desktop.perform(TypeText(text))
    assert field.take() == text


def test_random_text_arrives_as_asked_or_is_refused_and_never_differs_in_silence(
    desktop: Desktop, field: Window
) -> None:
    draw = random.Random(20261124)
    refused, different = 0, []
    for _ in range(STRINGS):
        text = random_text(draw)
        try:
            desktop.perform(TypeText(text))
            wanted = text
        except ActionRefused:
            refused += 1
            wanted = ""
        if (found := field.take()) != wanted:
            different.append((text, found))
    assert not different, f"{len(different)} of {STRINGS}: {different[:3]!a}"
    assert refused < STRINGS / 20, f"{refused} of {STRINGS} refused"


def random_text(draw: random.Random) -> str:
    """1 to 30 characters of all planes, letters of common scripts more often than their share."""
    ranges = ((0x20, 0x7E, 6), (0xA0, 0x24F, 3), (0x370, 0x52F, 2), (0x250, 0xFFFD, 4), (0x1F300, 0x1FAFF, 2))
    wider = (*ranges, (0x10000, 0x10FFFD, 2), (0x0A, 0x0A, 0.5), (0x09, 0x09, 0.5))
    weights = [weight for _, _, weight in wider]
    text = ""
    for low, high, _ in draw.choices(wider, weights, k=draw.randint(1, 30)):
        character = chr(draw.randint(low, high))
        code = ord(character)
        if unicodedata.category(character) != "Cs" and code & 0xFFFE != 0xFFFE and not 0xFDD0 <= code <= 0xFDEF:
            text += character
    return text


def test_a_hundred_characters_of_ascii_do_not_take_long(desktop: Desktop, field: Window) -> None:
    text = ("The quick brown Fox jumps over the lazy Dog; 0123456789 <> " * 2)[:100]
    taken = []
    for _ in range(5):
        started = time.perf_counter()
        desktop.perform(TypeText(text))
        taken.append(time.perf_counter() - started)
        assert field.take() == text
    assert min(taken) < 0.05, f"{min(taken) * 1000:.1f} ms"


@pytest.mark.parametrize("character", ["\ufe81", "\uff20", "\ufefb"])
def test_a_character_that_programs_compose_is_refused_by_name_before_anything_is_typed(
    desktop: Desktop, field: Window, character: str
) -> None:
    with pytest.raises(ActionRefused, match=f"U\\+{ord(character):04X}.* at place 3 "):
        desktop.perform(TypeText(f"abc{character}def"))
    assert field.take() == ""


def test_capitals_are_not_inverted_while_caps_lock_is_on(desktop: Desktop, field: Window) -> None:
    desktop.perform(Press(("caps_lock",)))
    try:
        desktop.perform(TypeText("aBc éÉ"))
        assert field.take() == "aBc éÉ"
        desktop.perform(Press(("x",)))
        assert field.take() == "X", "caps lock must be on again afterwards"
    finally:
        desktop.perform(Press(("caps_lock",)))


def test_a_chord_reaches_the_program_as_the_keys_that_were_named(desktop: Desktop, field: Window) -> None:
    desktop.perform(TypeText("abc"))
    for keys in (("shift", "Left"), ("BackSpace",), ("<",), ("S",), ("shift", "a"), ("é",)):
        desktop.perform(Press(keys))
    assert field.take() == "ab<SAé"


def test_a_terminal_gets_its_text_and_is_not_closed_by_being_asked(x_display: str, tmp_path: Path) -> None:
    if shutil.which("xterm") is None:
        pytest.skip("xterm is not installed: sudo apt install xterm")
    reader = Path(__file__).parent / "doubles" / "raw_terminal.py"
    arguments = ["xterm", "-fa", "monospace", "-u8", "-e", sys.executable, str(reader), str(tmp_path / "typed")]
    terminal = subprocess.Popen(
        arguments, env={**os.environ, "DISPLAY": x_display, "LC_ALL": "C.UTF-8"}, stderr=subprocess.DEVNULL
    )
    typed = ""
    try:
        with closing(Desktop(Stop(), NoApps(), display_name=x_display)) as device:
            (window,) = until(lambda: device.observe().elements)
            until((tmp_path / "typed").exists)
            device.perform(Click(window.box.center))
            for text in ("Hello <World>\t", "Grüße 日本語 😀 €", "".join(map(chr, range(0x4E00, 0x4E30)))):
                device.perform(TypeText(text))
                typed += text
            until(lambda: (tmp_path / "typed").stat().st_size >= len(typed.encode()))
            assert (tmp_path / "typed").read_text() == typed
            assert device.observe().elements
    finally:
        ended(terminal)
