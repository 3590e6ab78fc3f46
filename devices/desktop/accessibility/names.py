"""The names that applications give, made fit to be shown and compared: any program may say anything."""

import re
import unicodedata

LONGEST_NAME = 200
LONGEST_VALUE = 400
_CLASS_NAME = re.compile(r"[A-Z][a-z]+[A-Z]\w*")
_ACCESS_MARK = re.compile(r"(?<!\w)[_&](?=\w)")


def clean(text: object, longest: int = LONGEST_NAME) -> str:
    """`text` on one line, without control and direction characters, at most `longest` characters."""
    if not isinstance(text, str):
        return ""
    start = text[: 4 * longest]  # enough for many blanks; a name of 100 KB is not worth its time
    shown = "".join(" " if letter.isspace() else letter for letter in start if _is_shown(letter))
    return " ".join(shown.split())[:longest]


def name_of(name: object, *, gtk4: bool = False) -> str:
    """A node's name. GTK 4 doubles some ("7 7") and gives the class of what has none ("GtkMenuButton")."""
    words = clean(name)
    if gtk4 and _CLASS_NAME.fullmatch(words):
        return ""
    half = len(words) // 2
    return words[:half] if gtk4 and words[half : half + 1] == " " and words[:half] == words[half + 1 :] else words


def without_access_mark(name: str) -> str:
    """A control's `name` without the mark before the letter that Alt reaches it by: "_Open", "&Open"."""
    return _ACCESS_MARK.sub("", name, count=1)


def _is_shown(letter: str) -> bool:
    """Whether `letter` is one that is drawn; U+FFFC stands for a thing that is no letter."""
    return letter.isspace() or (
        letter != "\ufffc" and unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )
