"""A family of models as a dialect: its numbers, and the voice in which it is spoken to."""

from dataclasses import dataclass
from typing import Protocol

from agent.dialects.arguments import pointer_in
from agent.dialects.dialect import Asked, Found
from agent.dialects.escaping import escaped
from agent.dialects.fitting import Fit, FitOf, fitted, shown
from agent.dialects.grounding import Grounding
from agent.dialects.history import outcome, shown_again
from agent.dialects.repair import readable
from agent.dialects.sizes import Sizes
from agent.dialects.spaces import Space
from agent.episode import Decision, Past, Step, Unreadable
from agent.models.chat import Grammar, Message, Part, Picture
from agent.safe_text import without_surrogates
from devices import Observation, Point


class Voice(Protocol):
    """How a family is asked for a move, and how its replies are understood. Text it is given is escaped already."""

    def system(self, fit: Fit) -> str:
        """The system prompt, for pictures of that fit; "" for none. Nothing from a screen or a person is in it."""
        ...

    def opening(self, goal: str, past: Past, fit_of: FitOf) -> str:
        """What stands before the first picture: the goal, and the steps that are told as text."""
        ...

    def reply(self, step: Step, fit: Fit) -> str:
        """A past step as the model's own turn."""
        ...

    def grammar(self, fit: Fit, pointer: Point | None) -> Grammar:
        """What a reply looks like, where the pointer is at `pointer`."""
        ...

    def read(self, text: str, fit: Fit, pointer: Point | None) -> Decision:
        """The decision in a reply. Raises `ValueError`, saying what was wanted and what was found."""
        ...


@dataclass(frozen=True, slots=True)
class Family:
    """A dialect. `keeps` is how many past screens at least are shown again, beside the present one."""

    name: str
    sizes: Sizes
    space: Space
    voice: Voice
    grounding: Grounding
    keeps: int = 0

    def fit(self, picture: tuple[int, int]) -> Fit:
        return fitted(picture, self.sizes, self.space)

    def ask(self, goal: str, past: Past, seen: Observation) -> Asked:
        fit = self.fit(seen.size)
        told, again = shown_again(past, self.keeps)
        parts: tuple[Part, ...] = (self.voice.opening(escaped(goal), told, self.fit),)
        messages = [Message("system", (system,))] if (system := self.voice.system(fit)) else []
        for step in again:
            its = self.fit(step.seen.size)
            messages += [
                Message("user", (*parts, shown(step.seen.pixels, its.picture))),
                Message("assistant", (self.voice.reply(step, its),)),
            ]
            parts = (f"Step {step.index + 1}{trouble}\n",) if (trouble := outcome(step)) else ()
        messages.append(Message("user", (*parts, shown(seen.pixels, fit.picture))))
        return Asked(tuple(messages), self.voice.grammar(fit, pointer_in(past, seen.size)), fit)

    def read(self, text: str, fit: Fit, past: Past) -> Decision:
        try:
            return self.voice.read(readable(text), fit, pointer_in(past, fit.screen))
        except ValueError as error:
            return Decision(Unreadable(str(error)), raw=without_surrogates(text))

    def ask_where(self, what: str, picture: Picture, fit: Fit, *, boxes: bool) -> Asked:
        question, grammar = self.grounding.question(escaped(what), fit, boxes=boxes)
        return Asked((Message("user", (picture, question)),), grammar, fit)

    def read_where(self, text: str, fit: Fit) -> tuple[Found, ...]:
        return self.grounding.places(readable(text), fit)
