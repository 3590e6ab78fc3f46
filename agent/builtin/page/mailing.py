"""Finds a message in a list by who wrote it, and answers, forwards, stars or deletes it."""

from agent.builtin.instructions import Target
from agent.builtin.matching import likeness, tidy
from agent.builtin.missing import missing
from agent.builtin.outcome import Act, Done, Outcome, Turn
from agent.builtin.page.deeds_of_text import WithMail
from agent.builtin.page.filling import typed
from agent.builtin.page.icons import find_icon
from agent.builtin.screen_text import TextLine
from agent.builtin.targets import Sight, find
from devices import Box, Click, Point, Scroll, TypeText

MOST_SCROLLS = 6
ICONS = {"star": "star", "delete": "trash"}


def with_mail(part: WithMail, turn: Turn) -> Outcome:
    did = [step.decision.thought.split(":")[0] for step in turn.acts]
    if "done" in did:
        return Done()
    if "open" not in did:
        return _in_list(part, turn)
    sight = turn.sight
    if part.deed not in did:
        labels = [place for place in find(Target(part.deed, "button"), sight) if place.score >= 85]
        if labels:
            return Act(Click(labels[-1].at), f"{part.deed}: {labels[-1].why}")
        return _further(turn, part.deed)
    unit = sight.text.scale
    if "into" not in did:
        name = "subject" if part.deed == "reply" else "to"
        label = next((line for line in sight.text.lines if tidy(line.words[0].text).rstrip(":") == name), None)
        if label is None:
            return missing(Target(f"{name}:", "field"), turn)
        below = Point(sight.seen.width // 3, label.box.bottom + 25 * unit)
        beside = Point(label.box.left + 40 * unit, label.box.center.y)
        return Act(Click(below if part.deed == "reply" else beside), "into: the field")
    if not typed(turn):
        return Act(TypeText(part.text), "write: what was asked")
    icon = find_icon("send", Box(0, 0, sight.seen.width, sight.seen.height), sight)
    labels = [place for place in find(Target("Send", "button"), sight) if place.score >= 95]
    if icon is None and not labels:
        return missing(Target("Send", "button"), turn)
    return Act(Click(icon.center if icon else labels[0].at), "done: sent")


def _in_list(part: WithMail, turn: Turn) -> Outcome:
    sight = turn.sight
    line = _message(part.who, sight)
    if line is None:
        return _further(turn, part.who)
    if part.deed not in ICONS:
        return Act(Click(line.box.center), f"open: {line.text!r} is from {part.who!r}")
    unit = sight.text.scale
    row = Box(line.box.right + 2 * unit, line.box.top - 4 * unit, sight.seen.width, line.box.bottom + 16 * unit)
    icon = find_icon(ICONS[part.deed], row, sight)
    return (
        Act(Click(icon.center), f"done: the {ICONS[part.deed]} beside {line.text!r}")
        if icon
        else missing(Target(ICONS[part.deed], "icon"), turn)
    )


def _message(who: str, sight: Sight) -> TextLine | None:
    rated = [(likeness(tidy(who), tidy(line.text)), line) for line in sight.text.lines]
    best = max(rated, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] >= 84 else None


def _further(turn: Turn, what: str) -> Outcome:
    """Scroll for what cannot be seen yet, while that shows anything new."""
    scrolled = [step for step in turn.tries if isinstance(step.decision.move, Scroll)]
    still = scrolled and scrolled[-1] is turn.tries[-1] and not turn.changed
    if still or len(scrolled) >= MOST_SCROLLS:
        return missing(Target(what, "text"), turn)
    seen = turn.sight.seen
    return Act(Scroll(Point(seen.width * 2 // 5, seen.height * 3 // 5), "down", 1), f"further: {what!r} cannot be seen")
