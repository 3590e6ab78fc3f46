"""Answers the system's question for a permission.

A permission is allowed when the goal says so, when an application asks for what it is named after ("Contacts",
contacts), or when the goal names what is asked for. All else is denied, which takes nothing from anybody. The person is
told either way. A question that stands when the work is over is left to the person.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from agent.builtin.commands import Command
from agent.builtin.context import StepContext
from agent.builtin.instructions import ClickOn, IfAsked, OpenApplication
from agent.builtin.outcome import Act
from agent.episode import Past
from agent.grounding.similarity import label_similarity, words_of
from devices import Click, Element, Observation

ALLOW = ("Allow", "While using the app", "Allow only while using the app", "Allow all the time", "Allow access")
DENY = ("Don't allow", "Deny", "Don’t allow", "Deny anyway")
ASKS = re.compile(r"allow (?P<app>.+?) to (?P<what>.+?)\??$", re.IGNORECASE)
ASKER = re.compile(r"permissioncontroller|packageinstaller")
"""Packages of Android's own dialogs for permissions, from Android 10 on and before; an application's own dialog that
says "Allow" is not the system's."""
NO_THING = frozenset(words_of("access use make manage send view read your this the a an and of on to device device's"))
"""Words of a question that name nothing that an application could be given."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the system: its words, and the buttons that answer it."""

    text: str
    allow: Element
    deny: Element


def question(seen: Observation) -> Question | None:
    """The question that the system asks on this screen, None when it asks none."""
    buttons = [each for each in seen.elements if each.role == "button"]
    allow = next((each for each in buttons if each.text in ALLOW), None)
    deny = next((each for each in buttons if each.text in DENY), None)
    text = next((e.text for e in seen.elements if e.role != "button" and ASKS.search(e.text)), "")
    return Question(text, allow, deny) if text and allow and deny and ASKER.search(seen.front) else None


def is_needed(asked: Question, goal: str) -> bool:
    """Whether `goal`, or the name of the application that asks, speaks of what is asked for."""
    found = ASKS.search(asked.text)
    if found is None:
        return False
    things = set(words_of(found["what"])) - NO_THING
    return bool(things & {*words_of(found["app"]), *words_of(goal)})


def answer_pending(command: Command, goal: str, context: StepContext) -> Act | None:
    """The answer to a question that stands before `command`; None when there is none or `command` is about it."""
    asked = question(context.seen)
    if asked is None or isinstance(command, OpenApplication | IfAsked):
        return None
    if isinstance(command, ClickOn):
        target = command.target.text
        if any(label_similarity(target, each) >= 95 for each in (*ALLOW, *DENY)):
            return None
    if is_needed(asked, goal):
        return _press(asked.allow, f"allowed, for the goal needs it: {asked.text!r}")
    return _press(asked.deny, f"denied, for the goal does not say that it is needed: {asked.text!r}")


def _press(button: Element, why: str) -> Act:
    return Act(Click(button.box.center), why, button)


def permission_notices(past: Past) -> Iterator[str]:
    """A sentence for the person about each permission that was allowed or denied."""
    for step in past:
        asked, move = question(step.seen), step.decision.move
        if asked is None or not isinstance(move, Click) or step.error:
            continue
        if move.at in asked.allow.box:
            yield f"Allowed: {asked.text!r}"
        elif move.at in asked.deny.box:
            yield f"Denied: {asked.text!r}"
