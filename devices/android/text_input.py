"""Text typed into the focused field exactly, or refused with the character that cannot be typed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from devices.android.broadcast_keyboards import INSTALL, LIST, BroadcastKeyboard, installed_keyboard, switch_commands
from devices.android.connection import PhoneConnection
from devices.android.deadline import Deadline, TimedOut
from devices.android.input import inject
from devices.android.quoting import quoted
from devices.device import ActionRefused, Refusal
from devices.stop import Stop

LONGEST = 200
"""Characters of one `input text`: it sends two events for each, and a queue that overflows drops some."""
ENTER, TAB = 66, 61
SWITCH_SECONDS = 5.0
READ_SECONDS = 1.0
"""Seconds in which typed text must have come to be in its field."""


class TextInput:
    """`field` reads what the field with the focus holds: None where nothing can be read."""

    def __init__(self, connection: PhoneConnection, stop: Stop, field: Callable[[], str | None]) -> None:
        self._connection, self._stop, self._field = connection, stop, field

    def type(self, text: str) -> None:
        """Type `text`; a newline is Enter and a tab is Tab.

        ASCII goes through `input text`, all else through a keyboard that is switched to and back. Where the field can
        be read, it must hold the text afterwards. Raises `ActionRefused`.
        """
        if not text:
            return
        before = self._field() if _can_be_read_back(text) else None
        if plain(text):
            inject(self._connection, (input_text_line(text),), what="all of the typing", seconds=len(text) * 0.02)
        else:
            self._by_keyboard(text)
        if before is not None:
            self._refuse_missing(text, before)

    def _by_keyboard(self, text: str) -> None:
        ime_list, current = (result.text for result in self._connection.query(*LIST).results)
        keyboard = installed_keyboard(ime_list)
        if keyboard is None:
            odd = next(each for each in text if not plain(each))
            raise ActionRefused(
                f"{odd!r} (U+{ord(odd):04X}) cannot be typed by `input text`: {INSTALL}. None was typed"
            )
        with self._keyboard_in_use(keyboard, current.strip()):
            lines = [input_text_line(part) if plain(part) else keyboard.type_command(part) for part in _parts(text)]
            answer = self._connection.execute(" && ".join(lines), what="all of the typing")
            output = answer.results[0].text + answer.errors
            if answer.results[0].code or "Error" in output or "Exception" in output:
                raise ActionRefused(f"the keyboard {keyboard.ime} did not take the text: {output.strip()[:300]}")

    @contextmanager
    def _keyboard_in_use(self, keyboard: BroadcastKeyboard, before: str) -> Iterator[None]:
        """`keyboard` in use inside the block, and the one before again after it, whatever happens inside."""
        if before == keyboard.ime:
            yield
            return
        deadline, pause = Deadline(self._stop, SWITCH_SECONDS), 0.01
        try:
            switched = self._connection.query(*switch_commands(keyboard.ime), LIST[1])
            while switched.results[-1].text.strip() != keyboard.ime:
                try:
                    deadline.wait(pause)
                except TimedOut as error:
                    reason = (switched.results[-2].text + switched.errors).strip()[:300]
                    raise ActionRefused(
                        f"the keyboard {keyboard.ime} could not be switched to: {reason}. Enable it in Settings > "
                        "System > Languages & input > On-screen keyboard. None was typed"
                    ) from error
                pause *= 1.5
                switched = self._connection.query(*switch_commands(keyboard.ime), LIST[1])
            yield
        finally:
            if "/" in before:
                self._connection.query(switch_commands(before)[1])

    def _refuse_missing(self, text: str, before: str) -> None:
        """Raise `ActionRefused` unless the field comes to hold what was typed, beside what it held."""
        deadline, pause = Deadline(self._stop, READ_SECONDS), 0.02
        while (held := self._field()) is not None and not _holds(held, text):
            try:
                deadline.wait(pause)
            except TimedOut:
                earlier = f" and held {before!r} before" if before else ""
                raise ActionRefused(
                    f"typed {text!r}, but the field holds {held!r}{earlier}: look again", Refusal.UNCERTAIN
                ) from None
            pause *= 2


def _can_be_read_back(text: str) -> bool:
    """Whether the field that has the focus now is sure to hold `text` afterwards: Enter and Tab may leave it."""
    return "\n" not in text and "\t" not in text


def _holds(field: str, text: str) -> bool:
    """Whether the text of a field contains `text`; spaces and dashes may have been put between digits."""
    bare, wanted = " ".join(field.split()), " ".join(text.split())
    if wanted in bare:
        return True
    digits = "".join(filter(str.isdigit, wanted))
    return bool(digits) and not any(map(str.isalpha, wanted)) and digits in "".join(filter(str.isdigit, bare))


def _parts(text: str) -> Iterator[str]:
    """`text` cut into newlines and tabs, which are keys, and what lies between them."""
    part = ""
    for each in text:
        if each in "\n\t":
            if part:
                yield part
            yield each
            part = ""
        else:
            part += each
    if part:
        yield part


def plain(text: str) -> bool:
    """Whether `input text` can type all of it."""
    return all(" " <= each <= "~" or each in "\n\t" for each in text)


def input_text_line(text: str) -> str:
    """The line that types `text`, each part only when the part before it succeeded; "true" for none.

    `input text` turns `%s` into a space (InputShellCommand.sendText), so a `%` and an `s` after it never go together.
    """
    return " && ".join(_input_text_commands(text)) or "true"


def _input_text_commands(text: str) -> Iterator[str]:
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
