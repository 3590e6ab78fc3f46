"""X keysyms as characters, and the sequences of dead keys and Multi_key as composed text."""

import os
import re
import unicodedata
from functools import cache
from pathlib import Path

from devices.desktop.keys import keysym_of

MULTI_KEY = 0xFF20
DEAD = range(0xFE50, 0xFE94)
COMPOSE_FILES = ("/usr/share/X11/locale/en_US.UTF-8/Compose", "/usr/lib/X11/locale/en_US.UTF-8/Compose")
"""Where libX11 keeps the sequences of all UTF-8 locales but a few."""
LONGEST_FILE = 4 << 20

# X11/keysymdef.h: the low byte of an older symbol is a character of an older set. Where only a part is, from there on.
_OLDER_SETS = {
    0x01: ("iso8859-2", 0xA1),
    0x02: ("iso8859-3", 0xA1),
    0x03: ("iso8859-4", 0xA2),
    0x05: ("iso8859-6", 0xAC),
    0x06: ("koi8-u", 0xA3),
    0x07: ("iso8859-7", 0xC1),
    0x0C: ("iso8859-8", 0xE0),
    0x0D: ("tis-620", 0xA1),
    0x13: ("iso8859-15", 0xBC),
}
_KEYPAD = {0xFFAA: "*", 0xFFAB: "+", 0xFFAC: ",", 0xFFAD: "-", 0xFFAE: ".", 0xFFAF: "/", 0xFFBD: "=", 0xFF80: " "}
_ACCENTS = {
    0xFE50: "\u0300", 0xFE51: "\u0301", 0xFE52: "\u0302", 0xFE53: "\u0303", 0xFE54: "\u0304", 0xFE55: "\u0306",
    0xFE56: "\u0307", 0xFE57: "\u0308", 0xFE58: "\u030a", 0xFE59: "\u030b", 0xFE5A: "\u030c", 0xFE5B: "\u0327",
    0xFE5C: "\u0328", 0xFE60: "\u0323", 0xFE61: "\u0309", 0xFE62: "\u031b",
}  # fmt: skip


def character_of(keysym: int) -> str:
    """The character that a symbol stands for; "" where it stands for none (X11 protocol, appendix A)."""
    if 0x20 <= keysym < 0x7F or 0xA0 <= keysym < 0x100 or 0x20A0 <= keysym <= 0x20AC:
        return chr(keysym)
    if 0x01000100 <= keysym <= 0x0110FFFF:
        return chr(keysym - 0x01000000)
    if 0xFFB0 <= keysym <= 0xFFB9:
        return str(keysym - 0xFFB0)
    if keysym in _KEYPAD:
        return _KEYPAD[keysym]
    encoding, first = _OLDER_SETS.get(keysym >> 8, ("", 0))
    if encoding and keysym & 0xFF >= first:
        return bytes((keysym & 0xFF,)).decode(encoding, "ignore")
    return ""


class Composer:
    """Symbols one after another, as text: dead keys and Multi_key wait for what comes behind them."""

    def __init__(self) -> None:
        self._waiting: tuple[int, ...] = ()

    def text_of(self, keysym: int) -> str | None:
        """What `keysym` writes after the ones before: "" for nothing yet or at all, None where it is no text."""
        if not self._waiting and keysym != MULTI_KEY and keysym not in DEAD:
            return character_of(keysym) or None
        sequences, beginnings = _sequences()
        typed = (*self._waiting, keysym)
        self._waiting = typed if typed in beginnings else ()
        if self._waiting:
            return ""
        return sequences.get(typed) or _accented(typed)


def _accented(typed: tuple[int, ...]) -> str:
    """A letter with the accents typed before it, for systems that keep no file of sequences."""
    *dead, last = typed
    accents = "".join(_ACCENTS.get(each, "") for each in dead)
    letter = character_of(last)
    whole = unicodedata.normalize("NFC", letter + accents)
    return whole if letter and len(accents) == len(dead) and len(whole) == 1 else ""


@cache
def _sequences() -> tuple[dict[tuple[int, ...], str], set[tuple[int, ...]]]:
    """Every sequence with what it writes, and the beginnings of them all."""
    found: dict[tuple[int, ...], str] = {}
    for line in _compose_lines():
        if not (parts := re.match(r'((?:<\w+>\s*)+):\s*"((?:[^"\\]|\\.)+)"', line)):
            continue
        keysyms = tuple(_keysym_named(name) for name in re.findall(r"<(\w+)>", parts[1]))
        if all(keysyms):
            found[keysyms] = re.sub(r"\\(.)", r"\1", parts[2])
    beginnings = {keysyms[:length] for keysyms in found for length in range(1, len(keysyms))}
    return found, beginnings | {(dead,) for dead in DEAD}


def _compose_lines() -> list[str]:
    for place in filter(None, (os.environ.get("XCOMPOSEFILE"), *COMPOSE_FILES)):
        file = Path(place)
        if file.is_file() and file.stat().st_size <= LONGEST_FILE:
            return file.read_text("utf-8", "replace").splitlines()
    return []


def _keysym_named(name: str) -> int:
    """The number of the symbol that a Compose file calls `name`; 0 where it is not known."""
    from Xlib import XK

    if re.fullmatch(r"U[0-9A-Fa-f]{4,6}", name):
        return keysym_of(chr(int(name[1:], 16))) if int(name[1:], 16) < 0x110000 else 0
    if not hasattr(XK, "XK_dead_acute"):
        XK.load_keysym_group("xkb")
    return int(XK.string_to_keysym(name))
