"""Questions of a policy to the person, and their answers."""

from collections.abc import Callable
from dataclasses import replace

from agent.episode import Ask, Decision

AskPerson = Callable[[str], str | None]
"""Puts a question to a person and returns the answer; None when nobody is there. May take as long as a person takes."""


def answered(decision: Decision, ask: AskPerson | None) -> Decision:
    """`decision` with the person's answer in it, when it is a question and somebody is there to answer."""
    match decision.move:
        case Ask(question, None) as move if ask is not None:
            return replace(decision, move=replace(move, answer=ask(question)))
    return decision
