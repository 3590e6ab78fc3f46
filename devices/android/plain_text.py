"""Text as lines for `input text`, which types what every keyboard has: ASCII, Enter and Tab."""

from collections.abc import Iterator

from devices.android.quoting import quoted

LONGEST = 200
"""Characters of one `input text`: it sends two events for each, and a queue that overflows drops some."""
ENTER, TAB = 66, 61


def plain(text: str) -> bool:
    """Whether `input text` can type all of it."""
    return all(" " <= each <= "~" or each in "\n\t" for each in text)


def typing_line(text: str) -> str:
    """The line that types `text`, each part only when the part before it succeeded; "true" for none.

    `input text` turns `%s` into a space (InputShellCommand.sendText), so a `%` and an `s` after it never go together.
    """
    return " && ".join(_commands(text)) or "true"


def _commands(text: str) -> Iterator[str]:
    for piece in _pieces(text):
        match piece:
            case "\n":
                yield f"input keyevent {ENTER}"
            case "\t":
                yield f"input keyevent {TAB}"
            case _:
                yield f"input text {quoted(piece)}"


def _pieces(text: str) -> Iterator[str]:
    """`text` cut before and after each newline and tab, between `%` and `s`, and at the longest length."""
    piece = ""
    for each in text:
        if piece and (each in "\n\t" or len(piece) == LONGEST or (piece[-1] == "%" and each == "s")):
            yield piece
            piece = ""
        if each in "\n\t":
            yield each
        else:
            piece += each
    if piece:
        yield piece
