"""Raw input events put together as actions: clicks, drags, scrolls, text, chords."""

from dataclasses import dataclass, field, replace
from math import hypot

from devices.actions import Action, Button, Click, Direction, Drag, LongPress, Point, Press, Scroll, TypeText
from devices.demonstration import HumanAction
from devices.frame_buffer import TimedFrame

DOUBLE, NEAR = 0.4, 6
"""Seconds and pixels within which a click is one more of the click before: GTK's are 0.4 and 5, Windows' 0.5 and 4."""
LATE = 0.3
"""Seconds that an event may take to arrive: how much longer a single click is held back as a possible double one."""
SLOP = 6
"""Pixels that a pressed pointer may move before it drags: GTK's threshold is 8, Qt's 10, Windows' 4."""
HELD = 0.8
"""Minimum seconds of a long press."""
ROLL = 1.0
"""Seconds within which wheel notches are joined into one scroll."""
MOST_NOTCHES = 100
BUTTONS: dict[int, Button] = {1: "left", 2: "middle", 3: "right"}
WHEEL: dict[int, Direction] = {4: "up", 5: "down", 6: "left", 7: "right"}
HIDDEN = "{password}"
"""The placeholder in a recording for text that was typed in private."""


@dataclass(frozen=True, slots=True)
class PendingAction:
    """An action that may still be extended: what it is so far, the frame before it, its start and its last event."""

    action: Action
    before: TimedFrame
    began: float
    last: float
    note: str = ""

    def complete(self) -> HumanAction:
        before = self.before
        return HumanAction(self.action, before.seen, before.at, self.began, self.last, self.note)


@dataclass(slots=True)
class _PressedButton:
    """A button that is down, and the path of the pointer since."""

    button: int
    held: tuple[str, ...]
    before: TimedFrame
    began: float
    path: list[Point] = field(default_factory=list)


class GestureDecoder:
    """Takes events one by one. Each method returns the actions that it completes, in order.

    `slop` is how many pixels a press may move before it drags, `held` how many seconds make it a long one.
    """

    def __init__(self, *, slop: float = SLOP, held: float = HELD) -> None:
        self._slop, self._held = slop, held
        self._pending: PendingAction | None = None
        self._down: _PressedButton | None = None
        self._private = False

    @property
    def idle(self) -> bool:
        """Whether no button is down."""
        return self._down is None

    def private(self, *, on: bool) -> list[HumanAction]:
        """Start or stop replacing typed text by `HIDDEN`."""
        actions = self.flush()
        self._private = on
        return actions

    def button_down(
        self, button: int, at: Point, held: tuple[str, ...], before: TimedFrame, now: float
    ) -> list[HumanAction]:
        if button in WHEEL:
            return self._scroll(WHEEL[button], at, held, before, now)
        if button not in BUTTONS or self._down is not None:
            return []  # the extra buttons of some mice, and a second button while one is down
        actions = [] if self._again(button, at, held, now) else self.flush()
        self._down = _PressedButton(button, held, before, now, [at])
        return actions

    def moved(self, at: Point) -> None:
        if self._down is not None and at != self._down.path[-1]:
            self._down.path.append(at)

    def button_up(self, button: int, at: Point, now: float) -> list[HumanAction]:
        if self._down is None or self._down.button != button:
            return []
        down, self._down = self._down, None
        self.moved(at)
        start, name = down.path[0], BUTTONS[button]
        if any(hypot(each.x - start.x, each.y - start.y) > self._slop for each in (*down.path, at)):
            way = simplified((*down.path, at) if at != down.path[-1] else tuple(down.path))
            seconds = min(round(max(now - down.began, 0.05), 2), 60.0)
            return self._complete(Drag(way, seconds, name, down.held), down, now)
        if now - down.began >= self._held and button == 1 and not down.held:
            return self._complete(LongPress(start, round(min(now - down.began, 60.0), 2)), down, now)
        if self._pending is not None and isinstance(self._pending.action, Click):  # else flushed by `button_down`
            clicked = self._pending.action
            self._pending = replace(self._pending, action=replace(clicked, times=clicked.times + 1), last=now)
        else:
            self._pending = PendingAction(Click(start, name, 1, down.held), down.before, down.began, now)
        return self.flush() if isinstance(self._pending.action, Click) and self._pending.action.times == 3 else []

    def typed(self, text: str, before: TimedFrame, now: float) -> list[HumanAction]:
        """`text` came from the keyboard; it extends what was typed just before."""
        written = HIDDEN if self._private else text
        match self._pending:
            case PendingAction(TypeText(so_far)) as pending:
                whole = so_far if self._private else so_far + written
                self._pending = replace(pending, action=TypeText(whole), last=now)
                return []
        actions = self.flush()
        self._pending = PendingAction(TypeText(written), before, now, now)
        return actions

    def erased(self, before: TimedFrame, now: float) -> list[HumanAction]:
        """Backspace: it removes the last character typed just before, and is a key press where there is none."""
        match self._pending:
            case PendingAction(TypeText(so_far)) as pending:
                left = so_far if self._private else so_far[:-1]
                self._pending = replace(pending, action=TypeText(left), last=now) if left else None
                return []
        return self.pressed(("backspace",), before, now, now)

    def pressed(
        self, keys: tuple[str, ...], before: TimedFrame, began: float, now: float, note: str = ""
    ) -> list[HumanAction]:
        actions = self.flush()
        return [*actions, PendingAction(Press(keys), before, began, now, note).complete()]

    def settle(self, now: float) -> list[HumanAction]:
        """The pending action if it is too late to extend it: a click without a second one, a wheel at rest."""
        match self._pending:
            case PendingAction(Click(), last=last) if self._down is None and now - last > DOUBLE + LATE:
                return self.flush()
            case PendingAction(Scroll(), last=last) if now - last > ROLL + LATE:
                return self.flush()
        return []

    def flush(self) -> list[HumanAction]:
        """The pending action, which ends here."""
        pending, self._pending = self._pending, None
        return [pending.complete()] if pending else []

    def forget(self) -> None:
        """Drop the pressed button: it was no gesture of ours."""
        self._down = None

    def _again(self, button: int, at: Point, held: tuple[str, ...], now: float) -> bool:
        """Whether a press at `at` makes the click before it a double or a triple one."""
        match self._pending:
            case PendingAction(Click(there, name, _, holding), last=last):
                near = hypot(at.x - there.x, at.y - there.y) <= max(NEAR, self._slop)
                return near and now - last <= DOUBLE and (name, holding) == (BUTTONS[button], held)
        return False

    def _scroll(
        self, way: Direction, at: Point, held: tuple[str, ...], before: TimedFrame, now: float
    ) -> list[HumanAction]:
        note = f"{' and '.join(held)} was held while the wheel was turned" if held else ""
        match self._pending:
            case PendingAction(Scroll(there, direction, notches), note=noted) as pending:
                near = hypot(at.x - there.x, at.y - there.y) <= NEAR
                same = (direction, noted) == (way, note) and near and now - pending.last <= ROLL
                if same and notches < MOST_NOTCHES:
                    self._pending = replace(pending, action=Scroll(there, way, notches + 1), last=now)
                    return []
        actions = self.flush()
        self._pending = PendingAction(Scroll(at, way, 1), before, now, now, note)
        return actions

    def _complete(self, action: Action, down: _PressedButton, now: float) -> list[HumanAction]:
        return [*self.flush(), PendingAction(action, down.before, down.began, now).complete()]


def simplified(path: tuple[Point, ...], within: float = 2.0) -> tuple[Point, ...]:
    """The corners of `path`: no point of it lies further than `within` pixels from the line through them.

    After Ramer (1972) and Douglas and Peucker (1973).
    """
    kept = {0, len(path) - 1}
    parts = [(0, len(path) - 1)]
    while parts:
        first, last = parts.pop()
        inside = range(first + 1, last)
        furthest = max(inside, key=lambda place: _off(path[place], path[first], path[last]), default=first)
        if inside and _off(path[furthest], path[first], path[last]) > within:
            kept.add(furthest)
            parts += [(first, furthest), (furthest, last)]
    return tuple(path[place] for place in sorted(kept))


def _off(point: Point, start: Point, end: Point) -> float:
    """How far `point` is from the stretch between the other two."""
    across, down = end.x - start.x, end.y - start.y
    long = across * across + down * down
    share = ((point.x - start.x) * across + (point.y - start.y) * down) / long if long else 0.0
    share = min(max(share, 0.0), 1.0)
    return hypot(point.x - start.x - share * across, point.y - start.y - share * down)
