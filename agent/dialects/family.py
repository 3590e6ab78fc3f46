"""A dialect put together of a family's picture sizes, coordinate space, prompt format and grounding."""

from dataclasses import dataclass
from typing import Protocol

from agent.dialects.arguments import pointer_position
from agent.dialects.dialect import Detection, Query
from agent.dialects.escape import escaped
from agent.dialects.fit import Fit, FitOf, make_fit, resized
from agent.dialects.grounding_prompts import Grounding
from agent.dialects.history import outcome_note, split_history
from agent.dialects.repair import readable
from agent.dialects.sizes import Sizes
from agent.dialects.spaces import Space
from agent.episode import Decision, Past, Step, Unreadable
from agent.models.chat import Grammar, Message, Part, Picture
from agent.safe_text import without_surrogates
from devices import Observation, Point


class PromptFormat(Protocol):
    """The prompts that ask a family for a move, and the parser of its replies. Text given to it is already escaped."""

    def system(self, fit: Fit) -> str:
        """The system prompt, for pictures of that fit; "" for none. Nothing from a screen or a person is in it."""
        ...

    def opening(self, goal: str, past: Past, fit_of: FitOf) -> str:
        """The text before the first picture: the goal, and the steps that are given as text."""
        ...

    def reply(self, step: Step, fit: Fit) -> str:
        """A past step as the model's own turn."""
        ...

    def grammar(self, fit: Fit, pointer: Point | None) -> Grammar:
        """The grammar of a reply, with the pointer at `pointer`."""
        ...

    def read(self, text: str, fit: Fit, pointer: Point | None) -> Decision:
        """The decision in a reply. Raises `ValueError`, saying what was wanted and what was found."""
        ...


@dataclass(frozen=True, slots=True)
class Family:
    """A dialect. `keeps` is the minimum of past screens that are sent again with the present one."""

    name: str
    sizes: Sizes
    space: Space
    prompt_format: PromptFormat
    grounding: Grounding
    keeps: int = 0

    def fit(self, picture: tuple[int, int]) -> Fit:
        return make_fit(picture, self.sizes, self.space)

    def ask(self, goal: str, past: Past, seen: Observation) -> Query:
        fit = self.fit(seen.size)
        as_text, again = split_history(past, self.keeps)
        parts: tuple[Part, ...] = (self.prompt_format.opening(escaped(goal), as_text, self.fit),)
        messages = [Message("system", (system,))] if (system := self.prompt_format.system(fit)) else []
        for step in again:
            its = self.fit(step.seen.size)
            messages += [
                Message("user", (*parts, resized(step.seen.pixels, its.picture))),
                Message("assistant", (self.prompt_format.reply(step, its),)),
            ]
            parts = (f"Step {step.index + 1}{trouble}\n",) if (trouble := outcome_note(step)) else ()
        messages.append(Message("user", (*parts, resized(seen.pixels, fit.picture))))
        return Query(tuple(messages), self.prompt_format.grammar(fit, pointer_position(past, seen.size)), fit)

    def read(self, text: str, fit: Fit, past: Past) -> Decision:
        try:
            return self.prompt_format.read(readable(text), fit, pointer_position(past, fit.screen))
        except ValueError as error:
            return Decision(Unreadable(str(error)), raw=without_surrogates(text))

    def ask_where(self, what: str, picture: Picture, fit: Fit, *, boxes: bool) -> Query:
        question, grammar = self.grounding.question(escaped(what), fit, boxes=boxes)
        return Query((Message("user", (picture, question)),), grammar, fit)

    def read_where(self, text: str, fit: Fit) -> tuple[Detection, ...]:
        return self.grounding.read(readable(text), fit)
