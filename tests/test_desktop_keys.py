"""Every layout of names for keys is understood, and no other name is guessed at."""

import pytest

from devices import ActionRefused
from devices.desktop.keys import chord, key_named, keysym_of

SAME = {
    "ctrl": "ctrl control Ctrl CTRL Control_L ctrl_l ctrlleft",
    "super": "cmd super win meta command Super_L windows winleft",
    "alt": "alt option opt Alt_L",
    "enter": "enter return Return ENTER \n",
    "escape": "esc escape Escape",
    "f5": "f5 F5",
    "page_down": "page_down pgdn PageDown Page_Down pagedown Next page-down",
    "page_up": "pgup PageUp Prior",
    "left": "left Left ArrowLeft arrow_left",
    "backspace": "backspace BackSpace bksp",
    "delete": "del Delete",
    "space": "space Space spacebar",
    "altgr": "AltGr ISO_Level3_Shift",
    "kp_5": "KP_5 num5 numpad5 num_5",
    "kp_enter": "KP_Enter",
    "volume_mute": "XF86AudioMute volumemute",
    "print_screen": "Print PrintScreen prtsc",
    "+": "plus +",
    "-": "minus -",
    "_": "underscore _",
    "'": "apostrophe '",
    "/": "slash /",
    "a": "a",
    "é": "é",
}


@pytest.mark.parametrize(("name", "others"), SAME.items())
def test_one_key_has_many_names(name: str, others: str) -> None:
    for other in others.split(" "):
        assert key_named(other).name == name, other


def test_a_space_and_a_tab_are_keys_by_themselves() -> None:
    assert [key_named(name).name for name in (" ", "\t", "\n")] == ["space", "tab", "enter"]


@pytest.mark.parametrize("name", ["nosuchkey", "", "  ", "ctrl+s", "f25", "f0", "\x07", "\ud800", "left click", "ab"])
def test_what_is_no_key_is_refused(name: str) -> None:
    with pytest.raises(ActionRefused, match="there is no key"):
        key_named(name)


def test_a_misspelt_key_is_refused_with_the_one_that_was_meant() -> None:
    with pytest.raises(ActionRefused, match=r"'contrl'.*control"):
        key_named("contrl")


def test_a_capital_beside_a_modifier_is_the_key_it_is_printed_on() -> None:
    assert [key.name for key in chord(("ctrl", "S"))] == ["ctrl", "s"]
    assert [key.name for key in chord(("S",))] == ["S"]


def test_a_key_named_twice_is_refused_in_one_chord() -> None:
    with pytest.raises(ActionRefused, match="twice"):
        chord(("ctrl", "Control_L"))


@pytest.mark.parametrize(("character", "number"), [("a", 0x61), ("é", 0xE9), ("€", 0x10020AC), ("\n", 0xFF0D)])
def test_a_character_has_its_number_on_x11(character: str, number: int) -> None:
    assert keysym_of(character) == number
