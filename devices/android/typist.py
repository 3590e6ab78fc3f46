"""Text into the field that has the focus: exactly what was asked, or a refusal that names the character."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from devices.android.injecting import inject
from devices.android.keyboards import INSTALL, LIST, Keyboard, keyboard_of, switching
from devices.android.link import Link
from devices.android.patience import NoAnswer, Patience
from devices.android.plain_text import plain, typing_line
from devices.device import ActionRefused, Refusal
from devices.stop import Stop

SWITCH_SECONDS = 5.0
READ_SECONDS = 1.0
"""Seconds in which typed text must have come to be in its field."""


class Typist:
    """`field` reads what the field with the focus holds: None where nothing can be read."""

    def __init__(self, link: Link, stop: Stop, field: Callable[[], str | None]) -> None:
        self._link, self._stop, self._field = link, stop, field

    def type(self, text: str) -> None:
        """Type `text`; a newline is Enter and a tab is Tab.

        ASCII goes through `input text`, all else through a keyboard that is switched to and back. Where the field can
        be read, it must hold the text afterwards. Raises `ActionRefused`.
        """
        if not text:
            return
        before = self._field() if _can_be_read_back(text) else None
        if plain(text):
            inject(self._link, (typing_line(text),), what="all of the typing", seconds=len(text) * 0.02)
        else:
            self._by_keyboard(text)
        if before is not None:
            self._refuse_missing(text, before)

    def _by_keyboard(self, text: str) -> None:
        listed, current = (result.text for result in self._link.look(*LIST).results)
        keyboard = keyboard_of(listed)
        if keyboard is None:
            odd = next(each for each in text if not plain(each))
            raise ActionRefused(
                f"{odd!r} (U+{ord(odd):04X}) cannot be typed by `input text`: {INSTALL}. None was typed"
            )
        with self._switched(keyboard, current.strip()):
            lines = [typing_line(part) if plain(part) else keyboard.typing(part) for part in _parts(text)]
            answer = self._link.act(" && ".join(lines), what="all of the typing")
            said = answer.results[0].text + answer.errors
            if answer.results[0].code or "Error" in said or "Exception" in said:
                raise ActionRefused(f"the keyboard {keyboard.ime} did not take the text: {said.strip()[:300]}")

    @contextmanager
    def _switched(self, keyboard: Keyboard, before: str) -> Iterator[None]:
        """`keyboard` in use inside the block, and the one before again after it, whatever happens inside."""
        if before == keyboard.ime:
            yield
            return
        patience, pause = Patience(self._stop, SWITCH_SECONDS), 0.01
        try:
            said = self._link.look(*switching(keyboard.ime), LIST[1])
            while said.results[-1].text.strip() != keyboard.ime:
                try:
                    patience.wait(pause)
                except NoAnswer as error:
                    told = (said.results[-2].text + said.errors).strip()[:300]
                    raise ActionRefused(
                        f"the keyboard {keyboard.ime} could not be switched to: {told}. Enable it in Settings > System "
                        "> Languages & input > On-screen keyboard. None was typed"
                    ) from error
                pause *= 1.5
                said = self._link.look(*switching(keyboard.ime), LIST[1])
            yield
        finally:
            if "/" in before:
                self._link.look(switching(before)[1])

    def _refuse_missing(self, text: str, before: str) -> None:
        """Raise `ActionRefused` unless the field comes to hold what was typed, beside what it held."""
        patience, pause = Patience(self._stop, READ_SECONDS), 0.02
        while (found := self._field()) is not None and not _holds(found, text):
            try:
                patience.wait(pause)
            except NoAnswer:
                held = f" and held {before!r} before" if before else ""
                raise ActionRefused(
                    f"typed {text!r}, but the field holds {found!r}{held}: look again", Refusal.UNCERTAIN
                ) from None
            pause *= 2


def _can_be_read_back(text: str) -> bool:
    """Whether the field that has the focus now is sure to hold `text` afterwards: Enter and Tab may leave it."""
    return "\n" not in text and "\t" not in text


def _holds(found: str, text: str) -> bool:
    """Whether a field that reads `found` holds `text`; numbers may have been set out with spaces and dashes."""
    bare, wanted = " ".join(found.split()), " ".join(text.split())
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
