"""What to answer when the system asks for a permission in the middle of the work.

It is allowed when the goal says so, or when its work evidently needs it: the work goes on in an application that asks
for its own kind of thing ("Contacts", contacts), or the goal speaks of that thing. All else is denied, which takes
nothing from anybody. The person is told either way. A question that stands when the work is over is left to the person.
"""

import re
from dataclasses import dataclass

from agent.builtin.outcome import Act, Done, Outcome, Turn
from agent.builtin.phone.deeds import AnswerQuestion
from agent.builtin.phone.widgets import alike, widgets, words_of
from devices import Click, Element, Observation, Wait

ALLOW = ("Allow", "While using the app", "Allow only while using the app", "Allow all the time", "Allow access")
DENY = ("Don't allow", "Deny", "Don’t allow", "Deny anyway")
ASKS = re.compile(r"allow (?P<app>.+?) to (?P<what>.+?)\??$", re.IGNORECASE)
THINGS = {
    "contacts": ("contact", "person", "message", "call", "number"),
    "location": ("location", "map", "navigate", "weather", "route"),
    "camera": ("photo", "picture", "camera", "video", "scan"),
    "pictures": ("photo", "picture", "camera", "image", "video"),
    "record": ("record", "voice", "audio"),
    "calendar": ("calendar", "event", "appointment"),
    "messages": ("message", "sms", "text"),
    "calls": ("call", "dial"),
    "notifications": ("notification", "remind", "alarm"),
}
"""What questions speak of, and the words of goals that need it."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the system: its words, and the buttons that answer it."""

    text: str
    allow: Element
    deny: Element


def question(seen: Observation) -> Question | None:
    """What the system asks, None when it asks nothing."""
    allow = next((e for e in widgets(seen) if e.role == "button" and e.text in ALLOW), None)
    deny = next((e for e in widgets(seen) if e.role == "button" and e.text in DENY), None)
    text = next((e.text for e in widgets(seen) if ASKS.search(e.text) and e.role != "button"), "")
    return Question(text, allow, deny) if allow and deny else None


def needed(asked: Question, goal: str) -> bool:
    """Whether the work of `goal` evidently needs what is asked; that it goes on in this application is known."""
    found = ASKS.search(asked.text)
    if found is None:
        return False
    what = found["what"].lower()
    own = set(words_of(found["app"])) & set(words_of(what))
    return bool(own) or any(
        thing in what and any(re.search(rf"\b{word}", goal, re.IGNORECASE) for word in (*words, thing))
        for thing, words in THINGS.items()
    )


def answered(asked: Question, goal: str) -> Act:
    """The press that answers `asked`, and why, for the person."""
    if needed(asked, goal):
        return Act(Click(asked.allow.box.center), f"allowed, for the goal needs it: {asked.text!r}")
    return Act(Click(asked.deny.box.center), f"denied, for the goal does not say that it is needed: {asked.text!r}")


def answer(part: AnswerQuestion, turn: Turn) -> Outcome:
    """What the goal says is to be answered."""
    asked = question(turn.sight.seen)
    if asked is not None:
        button = asked.allow if part.allow else asked.deny
        return Act(Click(button.box.center), f"the goal says so: {asked.text!r}")
    if turn.acts:
        return Done("it is answered")
    offered = [e for e in widgets(turn.sight.seen) if e.role == "button" and part.allow and alike("Allow", e.text) > 80]
    if offered:
        return Act(Click(offered[0].box.center), f"{offered[0].text!r} is offered")
    return Done("nothing was asked") if turn.waits >= 2 else Act(Wait(0.5), "nothing is asked yet")
