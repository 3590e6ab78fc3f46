"""Moves a slider to a value: by a click at its share of the length, then nearer by what its value is read as."""

import re

from agent.builtin.aim import patience
from agent.builtin.context import StepContext
from agent.builtin.effect import again, changed
from agent.builtin.outcome import Act, Done, Failed, Outcome
from agent.builtin.words import number
from agent.episode import Step
from agent.grounding.geometry import in_one_row
from agent.moves import name_of
from agent.screen.screen import Screen
from devices import Click, Element, Point, Press, Wait

SHARES = {"maximum": 1.0, "max": 1.0, "full": 1.0, "half": 0.5, "middle": 0.5, "minimum": 0.0, "min": 0.0}
"""Words for a place on a slider."""

MOST_CLICKS, MOST_KEYS = 5, 60

Sample = tuple[int, float]
"""Where a slider was clicked, x in pixels, and what its value was then."""


def slide(slider: Element, value: str, context: StepContext) -> Outcome:
    """Click at the place that `value` has, read the value there, and come nearer by clicks and arrow keys.

    A slider whose value nobody can read takes shares only ("50%", "maximum").
    """
    share, wanted = share_of(value), as_number(value)
    now = again(slider, context.screen) or slider
    shown = readout(now, context.screen, _first(context))
    if wanted is None and share is None:
        return Failed(f"{name_of(slider)} is a slider, and {value!r} is no place on it: say 50% or maximum")
    if shown is None or wanted is None or (value.endswith("%") and not (context.acts and abs(shown - wanted) <= 5)):
        sure = share if wanted is None or value.endswith("%") or wanted == 0 else None
        return _by_share(now, sure, shown, value, context)
    if shown == wanted:
        return Done(f"it shows {value}")
    if context.acts and not context.waits:
        return Act(Wait(0.3), f"it does not show {value} yet")
    keys = [step for step in context.acts if isinstance(step.decision.move, Press)]
    samples = _samples(slider, shown, context)
    if len(context.clicks) < MOST_CLICKS and not keys:
        x = _guess(now, wanted, samples)
        if x not in {at for at, _ in samples}:
            return Act(Click(Point(x, now.box.center.y)), f"{value} should be there; it shows {shown:g}", slider)
    if len(keys) >= MOST_KEYS or _passed(keys, context):
        return Failed(f"{name_of(slider)} shows {shown:g} and could not be set to {value}")
    key = "right" if wanted > shown else "left"
    return Act(Press((key,)), f"it shows {shown:g}", slider)


def _by_share(now: Element, share: float | None, shown: float | None, value: str, context: StepContext) -> Outcome:
    if share is None:
        why = f"nothing shows the value of {name_of(now)}: say a place on it, 50% or maximum"
        return patience(context, why) if context.seen.partial else Failed(why)
    if context.acts:
        if changed(context):
            return Done("the slider moved there")
        return patience(context, f"clicked {name_of(now)} at {value}, and it did not move")
    return Act(Click(at_share(now, share)), f"the slider at {share:.0%}", now)


def at_share(slider: Element, share: float) -> Point:
    """The point of a slider at `share` of its length; its knob keeps clear of both ends."""
    box = slider.box
    inset = min(box.height // 2, box.width // 10)
    x = box.left + inset + round(share * (box.width - 1 - 2 * inset))
    return Point(box.left + 1 if share == 0 else box.right - 2 if share == 1 else x, box.center.y)


def _samples(slider: Element, shown: float, context: StepContext) -> list[Sample]:
    """What every click so far brought."""
    after = [context.parse(step.seen) for step in context.clicks[1:]]
    values = [*(readout(again(slider, screen) or slider, screen, _first(context)) for screen in after), shown]
    moves = [step.decision.move for step in context.clicks]
    return [(m.at.x, v) for m, v in zip(moves, values, strict=False) if isinstance(m, Click) and v is not None]


def _guess(slider: Element, wanted: float, samples: list[Sample]) -> int:
    """Where `wanted` should be: between the two nearest samples, else as if the slider went from 0 to 100."""
    distinct = sorted({value: at for at, value in samples}.items(), key=lambda each: abs(each[0] - wanted))
    low, high = slider.box.left + 1, slider.box.right - 2
    if len(distinct) >= 2:
        (one, at_one), (other, at_other) = distinct[:2]
        guess = at_one + (wanted - one) * (at_other - at_one) / (other - one)
    elif distinct and distinct[0][0] > 0 and distinct[0][1] > low:
        guess = low + wanted / distinct[0][0] * (distinct[0][1] - low)
    else:
        guess = at_share(slider, min(1.0, max(0.0, wanted / 100))).x
    return min(high, max(low, round(guess)))


def _passed(keys: list[Step], context: StepContext) -> bool:
    """Whether the last two keys went to and fro, or moved nothing."""
    moves = [step.decision.move for step in keys]
    turned = len(moves) >= 2 and moves[-1] != moves[-2]
    return turned or (bool(keys) and context.waits >= 1 and not changed(context))


def _first(context: StepContext) -> Screen | None:
    """The screen before the slider was touched."""
    return context.parse(context.acts[0].seen) if context.acts else None


def readout(slider: Element, screen: Screen, first: Screen | None = None) -> float | None:
    """The number that a slider says it has, or that stands beside it; None where there is none.

    What stands beside it and is another than on the `first` screen comes before what a program tells: it may lag.
    """
    beside = _beside(slider, screen)
    if beside is not None and first is not None and _beside(slider, first) not in (None, beside):
        return beside
    own = as_number(slider.value or slider.text)
    return beside if own is None else own


def _beside(slider: Element, screen: Screen) -> float | None:
    texts = [e for e in screen.elements if e.role == "text" and as_number(e.text) is not None]
    over = [(slider.box.top - e.box.bottom, e.box.top - slider.box.bottom, e) for e in texts]
    near = [e for up, down, e in over if in_one_row(e.box, slider.box) or 0 <= 2 * max(up, down) < 3 * screen.unit]
    near = [e for e in near if abs(e.box.center.x - slider.box.center.x) < slider.box.width]
    return as_number(near[0].text) if len(near) == 1 else None


def as_number(text: str) -> float | None:
    """The number that `text` is, with or without a unit: "50%", "12 px", "1,5", "200 €", "● 5"; else None."""
    found = re.fullmatch(r"[^\w+-]{0,2}([-+]?\d+(?:[.,]\d+)?) ?(?:[%°€$£]|[^\W\d]{1,3})?", text.strip())
    return float(found[1].replace(",", ".")) if found else None


def share_of(value: str) -> float | None:
    """The place on a slider that "50%", "half" or "maximum" names, 0 to 1; None for anything else."""
    words = value.lower().strip()
    if words in SHARES:
        return SHARES[words]
    amount = number(words.removesuffix("percent").removesuffix("%"))
    return min(1.0, max(0.0, amount / 100)) if amount is not None else None
