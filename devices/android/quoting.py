"""Words for the shell of a phone, written so that none of them can run anything."""

from collections.abc import Iterable


def quoted(word: str) -> str:
    """`word` in single quotes, in which mksh and every POSIX shell take each character for itself.

    A single quote is closed, escaped and opened again (POSIX, Shell Command Language, 2.2.2). Raises `ValueError` for a
    NUL, which no argument can hold.
    """
    if "\0" in word:
        raise ValueError("an argument cannot hold a NUL")
    return "'" + word.replace("'", "'\\''") + "'"


def line_of(words: Iterable[str]) -> str:
    """An argument vector as one line for the shell; plain words stay readable."""
    return " ".join(word if _plain(word) else quoted(word) for word in words)


def _plain(word: str) -> bool:
    return bool(word) and word.isascii() and all(each.isalnum() or each in "-_./:,@" for each in word)
