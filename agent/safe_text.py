"""Text from a model, a screen or a recording, made safe to print in a terminal and to draw on a picture."""

import unicodedata


def without_surrogates(text: str) -> str:
    """`text` with a question mark for each lone surrogate, which no encoding can write."""
    return text.encode("utf-8", "replace").decode()


def safe_text(text: str) -> str:
    """`text` without what steers a terminal or reorders what is read; its line breaks and tabs stay.

    Control characters (ESC, C1) and format characters (bidirectional overrides, zero width) are removed; those that
    move to another line or column (CR, NEL, U+2028) become spaces.
    """
    return "".join(map(_safe, without_surrogates(text).replace("\r\n", "\n")))


def safe_line(text: str) -> str:
    """`text` as `safe_text` leaves it, on one line, each run of white space as one space."""
    return " ".join(safe_text(text).split())


def _safe(character: str) -> str:
    if character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cf", "Zl", "Zp"):
        return character
    return " " if character.isspace() else ""
