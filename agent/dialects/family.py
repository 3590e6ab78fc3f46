"""A dialect put together of a family's picture sizes, coordinate space, prompt format and grounding."""

from dataclasses import dataclass, replace
from typing import Protocol

from agent.action_queue import without_played
from agent.dialects.arguments import pointer_position
from agent.dialects.dialect import Detection, Query
from agent.dialects.escape import escaped
from agent.dialects.fit import Fit, FitOf, make_fit, resized
from agent.dialects.grounding_prompts import Grounding
from agent.dialects.history import first_shown, outcome_note, split_history
from agent.dialects.repair import readable, shortened
from agent.dialects.sizes import Sizes
from agent.dialects.spaces import Space
from agent.dialects.turns import Turns
from agent.episode import Decision, Past, Step, Unreadable
from agent.models.chat import Grammar, Message, Picture
from agent.models.reasoning import split_reasoning
from agent.safe_text import without_surrogates
from devices import Observation, Point


class PromptFormat(Protocol):
    """The prompts that ask a family for a move, and the parser of its replies. Text given to it is already escaped."""

    @property
    def turns(self) -> Turns:
        """How its turns are written around the screens."""
        ...

    def system(self, goal: str, fit: Fit) -> str:
        """The system prompt, for pictures of that fit; "" for none. Nothing from a screen or a model is in it, and the
        goal only where the family was trained to find it there.
        """
        ...

    def opening(self, goal: str, past: Past, fit_of: FitOf) -> str:
        """The text before the first picture: the goal, and the steps that are given as text."""
        ...

    def reply(self, step: Step, fit: Fit) -> str:
        """A past step as the model's own turn."""
        ...

    def result(self, step: Step) -> str:
        """What came of a past step, as a turn of its own after the model's; "" where the next turn's note tells it."""
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
        form, turns, fit, goal = self.prompt_format, self.prompt_format.turns, self.fit(seen.size), escaped(goal)
        past = without_played(past)
        as_text, again = ((), past) if turns.replays_all else split_history(past, self.keeps)
        without_screen = first_shown(len(past), self.keeps) - len(as_text)
        opening, note = form.opening(goal, as_text, self.fit), ""
        messages = [Message("system", (system,))] if (system := form.system(goal, fit)) else []
        for place, step in enumerate(again):
            its = self.fit(step.seen.size)
            picture = resized(step.seen.pixels, its.picture) if place >= without_screen else None
            messages.append(turns.user(opening, note, step.seen.front, picture, past=True))
            messages.append(Message("assistant", (form.reply(step, its),)))
            result = form.result(step)
            messages += [Message("user", (result,))] if result else []
            trouble = "" if result else outcome_note(step)
            opening, note = "", f"Step {step.index + 1}{trouble}\n" if trouble else ""
        messages.append(turns.user(opening, note, seen.front, resized(seen.pixels, fit.picture), past=False))
        return Query(tuple(messages), form.grammar(fit, pointer_position(past, seen.size)), fit)

    def read(self, text: str, fit: Fit, past: Past) -> Decision:
        thought, raw = "", without_surrogates(text)
        try:
            thought, _ = parts = split_reasoning(readable(text))
            decision = self.prompt_format.read(_answer(parts), fit, pointer_position(past, fit.screen))
        except ValueError as error:
            return Decision(Unreadable(str(error)), thought=thought, raw=raw)
        return replace(decision, thought="\n".join(filter(None, (thought, decision.thought))), raw=raw)

    def ask_where(self, what: str, picture: Picture, fit: Fit, *, boxes: bool) -> Query:
        question, grammar = self.grounding.question(escaped(what), fit, boxes=boxes)
        system = self.grounding.system_prompt(fit)
        first = (Message("system", (system,)),) if system else ()
        return Query((*first, Message("user", (picture, question))), grammar, fit)

    def read_where(self, text: str, fit: Fit) -> tuple[Detection, ...]:
        return self.grounding.read(_answer(split_reasoning(readable(text))), fit)


def _answer(parts: tuple[str, str]) -> str:
    """The answer of `parts`, a thought and an answer. Raises `ValueError` where there is only a thought."""
    thought, answer = parts
    if thought and not answer.strip():
        raise ValueError(f"an answer was wanted; the reply is one thought, which ends in {shortened(thought[-60:])}")
    return answer
