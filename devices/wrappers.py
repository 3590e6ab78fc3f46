"""Habits as devices around devices: Fresh, Confirmed, DryRun; Settled has a file of its own.

The order that the command line builds is `Settled(Confirmed(Fresh(device)))`: the screen is looked at until it is
still; a person is asked while nothing can go stale; the last thing before the hand moves is to see that the target is
as seen.
"""

from collections.abc import Callable
from typing import Literal

from devices.actions import (
    Action,
    Click,
    LongPress,
    MoveTo,
    OpenApp,
    Point,
    Press,
    Scroll,
    TypeText,
    Wait,
    describe,
    points_of,
)
from devices.changes import share_changed
from devices.device import ActionRefused, Device, Observation, Refusal, glance
from devices.stop import Stop
from devices.validity import refuse_invalid

Confirm = Literal["never", "risky", "always"]

HARMLESS_KEYS = frozenset({"up", "down", "left", "right", "tab", "esc", "escape", "home", "end", "pageup", "pagedown"})
RISKY_WORDS = frozenset(
    {"accept", "agree", "apply", "buy", "close", "delete", "discard", "erase", "exit", "format", "install", "log"}
    | {"order", "overwrite", "pay", "post", "publish", "quit", "remove", "replace", "reset", "restart", "send", "share"}
    | {"shut", "sign", "submit", "transfer", "uninstall", "yes"}
)


class Wrapper:
    """Passes everything on to `device`; the wrappers below change one thing each."""

    def __init__(self, device: Device) -> None:
        self.device = device

    @property
    def name(self) -> str:
        return self.device.name

    def observe(self) -> Observation:
        return self.device.observe()

    def glance(self) -> Observation:
        return glance(self.device)

    def perform(self, action: Action) -> None:
        self.device.perform(action)

    def close(self) -> None:
        self.device.close()


class Fresh(Wrapper):
    """Refuses an action whose target no longer looks as it did when the action was decided.

    Before a pointer action the `reach` pixels around each of its points are compared with the last look, before a key
    or text the application in front. Up to `tolerance` of the patch may differ: a caret is 2 x 18 pixels of 96 x 96,
    0.4 %. What changes in the last milliseconds, or without changing a pixel, is not seen.
    """

    def __init__(self, device: Device, *, reach: int = 48, tolerance: float = 0.006) -> None:
        super().__init__(device)
        self._reach, self._tolerance = reach, tolerance
        self._seen: Observation | None = None

    def observe(self) -> Observation:
        self._seen = self.device.observe()
        return self._seen

    def perform(self, action: Action) -> None:
        if self._seen is not None and not isinstance(action, Wait | OpenApp):
            self._refuse_stale(action, self._seen, glance(self.device))
        self.device.perform(action)

    def _refuse_stale(self, action: Action, seen: Observation, now: Observation) -> None:
        if now.size != seen.size:
            raise _stale(f"the screen was {seen.size} when this was decided and is {now.size} now: look again")
        match action:
            case Press() | TypeText():
                if now.front != seen.front:
                    raise _stale(f"the focus went from {seen.front!r} to {now.front!r} meanwhile: look again")
            case _:
                for point in points_of(action):
                    share = share_changed(seen, now, point, self._reach)
                    if share > self._tolerance:
                        raise _stale(f"{share:.1%} of what is around {point} changed meanwhile: look again")


class Confirmed(Wrapper):
    """Asks a person before an action, and refuses it unless the answer is yes.

    `when` "always" asks before everything but looking about (moving the pointer, scrolling, waiting). "risky" asks
    before keys and line ends that submit, close or delete, drags, opening an application, and clicks on a `label`
    that reads like a consequence ("Delete", "Send", "Pay"). Without a `label` to read, every click counts as risky.
    The question shows what is on the screen, never what the model says of it; neither the model nor the screen can
    answer it.
    """

    def __init__(
        self,
        device: Device,
        ask: Callable[[str], bool],
        when: Confirm = "risky",
        label: Callable[[Observation, Point], str] | None = None,
    ) -> None:
        super().__init__(device)
        self._ask, self._when, self._label = ask, when, label
        self._seen: Observation | None = None

    def observe(self) -> Observation:
        self._seen = self.device.observe()
        return self._seen

    def perform(self, action: Action) -> None:
        if self._seen is not None:
            refuse_invalid(action, self._seen.size)
        question = self._question(action)
        if question and not self._ask(question):
            raise ActionRefused(f"the person did not agree to {question}", Refusal.DECLINED)
        self.device.perform(action)

    def _question(self, action: Action) -> str:
        """What to ask before `action`; "" when nobody need be asked."""
        if self._when == "never" or isinstance(action, MoveTo | Scroll | Wait):
            return ""
        label = (
            self._label(self._seen, points_of(action)[0]) if self._label and self._seen and points_of(action) else ""
        )
        question = describe(action) + (f" on {label!r}" if label else "")
        return question if self._when == "always" or self._is_risky(action, label) else ""

    def _is_risky(self, action: Action, label: str) -> bool:
        match action:
            case TypeText(text):
                return "\n" in text
            case Press(keys):
                return not {key.lower() for key in keys} <= HARMLESS_KEYS
            case Click() | LongPress():
                return self._label is None or not RISKY_WORDS.isdisjoint(label.lower().split())
        return True


class DryRun(Wrapper):
    """Looks, and sends nothing: every action that could be sent is refused by saying so."""

    def __init__(self, device: Device, stop: Stop) -> None:
        super().__init__(device)
        self._stop = stop

    def perform(self, action: Action) -> None:
        self._stop.check()
        refuse_invalid(action, glance(self.device).size)
        raise ActionRefused(f"dry run: {describe(action)} was not sent", Refusal.DRY_RUN)


def _stale(reason: str) -> ActionRefused:
    """A refusal of what was decided on another screen."""
    return ActionRefused(reason, Refusal.STALE)
