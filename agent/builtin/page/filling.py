"""Fills in fields with what is read from the page, or said in the goal."""

import re
from dataclasses import replace

from agent.builtin.instructions import Target
from agent.builtin.matching import tidy
from agent.builtin.missing import missing
from agent.builtin.outcome import Act, Done, Failed, Outcome, Turn
from agent.builtin.page.deeds_of_text import EnterMoment, FillFrom, FillMatching, HandIn, WriteRead
from agent.builtin.page.extracting import value_of, value_read
from agent.builtin.page.fields import labels_of, text_boxes, typing_spot
from agent.builtin.screen_text import ScreenText
from agent.builtin.targets import Sight, find
from devices import Box, Click, Point, Scroll, TypeText, Wait

FIELD = Target("", "field")
HANDING_IN = ("Submit", "Search", "Go", "Go!", "Send", "Save", "OK", "Done", "Continue", "Login", "Log in", "Sign in")

VERBS = {"", "submit", "login", "log in", "sign in"}
"""What people say for handing a form in, whatever is written on its button."""


def typed(turn: Turn) -> tuple[str, ...]:
    """What was typed for this part so far, in order."""
    return tuple(step.decision.move.text for step in turn.acts if isinstance(step.decision.move, TypeText))


def clicked(turn: Turn) -> tuple[Point, ...]:
    """Where was clicked for this part so far, in order."""
    return tuple(step.decision.move.at for step in turn.acts if isinstance(step.decision.move, Click))


def first_sight(turn: Turn) -> Sight:
    """The screen as it was when the part was begun: a field that was clicked since is framed in another way."""
    seen = turn.acts[0].seen if turn.acts else turn.sight.seen
    return replace(turn.sight, seen=seen, fresh=None)


def write_read(part: WriteRead, turn: Turn) -> Outcome:
    if typed(turn):
        return Done()
    text = value_read(part.what, turn.sight)
    if text is None:
        return missing(Target(str(part.what), "text"), turn)
    if clicked(turn):
        return Act(TypeText(text), f"{part.what} is {text!r}")
    field = Target(part.into, "field")
    places = find(field, turn.sight)
    return Act(Click(places[0].at), places[0].why) if places else missing(field, turn)


def enter_moment(part: EnterMoment, turn: Turn) -> Outcome:
    if typed(turn):
        return Done()
    before = first_sight(turn)
    boxes = text_boxes(before.text, before.seen.pixels)
    if not boxes:
        return missing(FIELD, turn)
    box = boxes[0]
    shown = str(before.text.within(box))
    apart = bool(re.search(r"[-–—]{2}|- ?-|[md]{2}.?[md]{2}|y{3}|:", shown, re.IGNORECASE))
    if not clicked(turn):
        first = Point(box.left + 7 * turn.sight.text.scale, box.center.y)
        return Act(Click(first if apart else box.center), f"the field shows {shown!r}")
    return Act(TypeText(figures(part.said) if apart else part.said))


def figures(said: str) -> str:
    """A date or a time as its figures are typed one after another: "9:37 PM" is "0937PM"."""
    parts = re.findall(r"\d+|[ap]\.?m\.?", said, re.IGNORECASE)
    return "".join(part.zfill(2) if part.isdigit() else part.replace(".", "").upper() for part in parts)


def fill_matching(part: FillMatching, turn: Turn) -> Outcome:
    sight = first_sight(turn)
    labels = labels_of(text_boxes(sight.text, sight.seen.pixels), sight.text)
    texts = []
    for field, label in sorted(labels, key=lambda pair: (pair[0].top, pair[0].left)):
        name = str(sight.text.within(label)).rstrip(": ")
        others = tuple(line for line in sight.text.lines if line.box != label and line.box.center not in field)
        if name and (value := value_of(name, ScreenText(others, sight.text.frames, sight.text.scale))):
            texts.append((field, value))
    return _filled(texts, turn) or missing(Target(str(part), "text"), turn)


def _filled(texts: list[tuple[Box, str]], turn: Turn) -> Outcome | None:
    """Click each field and type its text, one after another; None where there is nothing to fill in."""
    done = len(typed(turn))
    if done and done >= len(texts):
        return Done()
    if not texts:
        return None
    field, text = texts[done]
    return Act(TypeText(text)) if len(clicked(turn)) > done else Act(Click(typing_spot(field)), f"for {text!r}")


def fill_from(part: FillFrom, turn: Turn) -> Outcome:
    sight = first_sight(turn)
    words = part.said.split()
    left: list[tuple[Box, str]] = []
    texts: dict[Box, str] = {}
    spent: set[int] = set()
    labels = labels_of(text_boxes(sight.text, sight.seen.pixels), sight.text)
    for field, label in labels:
        name = tidy(str(sight.text.within(label)))
        at = next((i for i, word in enumerate(words[:-1]) if _belongs(word, name)), None)
        if at is None:
            left.append((field, name))
            continue
        value = at + 2 if words[at + 1].lower() in ("by", "is", "in", "of", "from", ":") else at + 1
        texts[field] = words[value]
        spent.update(range(at, value + 1))
    for field, name in left:
        rest = [
            (i, word)
            for i, word in enumerate(words)
            if i not in spent and tidy(word) not in LITTLE and not _plural(word)
        ]
        dated = [pair for pair in rest if re.fullmatch(r"\d{4}", pair[1])]
        chosen = dated if re.search(r"\b(?:date|year|released?)\b", name) else [p for p in rest if p not in dated]
        if chosen:
            texts[field] = chosen[0][1]
            spent.add(chosen[0][0])
    order = sorted(labels, key=lambda pair: (pair[0].top, pair[0].left))
    filled = [(field, texts[field]) for field, _ in order if field in texts]
    if len(filled) < len(labels):
        return missing(Target(part.said, "field"), turn)
    return _filled(filled, turn) or missing(Target(part.said, "field"), turn)


LITTLE = {"from", "by", "in", "of", "the", "a", "an", "for", "with", "and", "to", "on", "directed", "made", "all"}


def _plural(word: str) -> bool:
    return word.endswith("s") and word[:1].islower() and len(word) > 4


def _belongs(word: str, label: str) -> bool:
    """Whether a word of the goal speaks of a label: they share a stem, as "directed" and "Director" do."""
    stem = tidy(word)[:6]
    return len(stem) >= 4 and any(part.startswith(stem) for part in label.split())


def hand_in(part: HandIn, turn: Turn) -> Outcome:
    if clicked(turn) and turn.changed:
        return Done("the screen changed")
    if clicked(turn):
        failed = Failed(f"pressed {part.button or 'Submit'!r}, and nothing on the screen changed")
        return failed if turn.waits else Act(Wait(0.3), "nothing changed yet: looking again")
    names = (part.button, *HANDING_IN) if part.button.lower() in VERBS else (part.button,)
    for name in filter(None, names):
        for place in find(Target(name, "button"), turn.sight):
            if place.score >= 95:
                return Act(Click(place.at), place.why)
    scrolled = turn.tries[-1].decision.move if turn.tries else None
    if turn.sight.text.scale > 1 and (not turn.tries or (isinstance(scrolled, Scroll) and turn.changed)):
        box = turn.sight.seen.box
        return Act(Scroll(Point(box.width * 2 // 5, box.height * 3 // 5), "down", 10), "it may lie further down")
    return missing(Target(part.button or "Submit", "button"), turn)
