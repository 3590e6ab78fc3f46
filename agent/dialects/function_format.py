"""The function-call voice: a thought, then an action written as a call, in tags or in a fence."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from agent.dialects.call_spelling import CallSpelling
from agent.dialects.escape import escaped
from agent.dialects.fit import Fit, FitOf
from agent.dialects.history import describe_step, history_text
from agent.dialects.reply_parts import Part, decision_of
from agent.dialects.turns import PLAIN, Turns
from agent.episode import Decision, Past, Step
from agent.models.chat import Grammar
from devices import Point

_THINKING = re.compile(r"\A\s*<think(?:ing)?>|</think(?:ing)?>\s*\Z")


@dataclass(frozen=True, slots=True)
class ReplyShape:
    """`lark` of a reply around its `call`; a past `turn` with `{thought}`, `{instruction}` and `{call}`.

    `inside` finds the calls, in its group 1; `bare` does where that finds none; a reply in which neither is found is
    read as a whole. `conclusion` finds the step in the model's own words.
    """

    lark: str
    turn: str
    inside: str
    bare: str = ""
    conclusion: str = ""


@dataclass(frozen=True, slots=True)
class FunctionFormat:
    """A family that writes calls: `spelling` is how, `read_parts` what they are.

    `system_prompt` may hold `{goal}`; `query`, the first turn of the person, also `{steps}`.
    `thinking` is the switch of its chat template, None where it has none.
    """

    system_prompt: str
    query: str
    shape: ReplyShape
    spelling: CallSpelling
    read_parts: Callable[[str, Fit, Point | None], Sequence[Part]]
    longest_text: int
    turns: Turns = PLAIN
    history: Literal["instruction", "call"] = "call"
    thinking: bool | None = None

    def system(self, goal: str, fit: Fit) -> str:
        return self.system_prompt.replace("{goal}", goal)

    def opening(self, goal: str, past: Past, fit_of: FitOf) -> str:
        steps = history_text(past, lambda step: self._step_text(step, fit_of(step.seen.size)))
        before, _, after = self.query.partition("{goal}")
        return (
            before.replace("{steps}", steps)
            + (goal if "{goal}" in self.query else "")
            + after.replace("{steps}", steps)
        )

    def reply(self, step: Step, fit: Fit) -> str:
        thought = escaped(" ".join(step.decision.thought.split()))
        instruction = escaped(step.decision.instruction or describe_step(step, fit))
        call = self._call(step, fit)
        parts = {"thought": thought, "instruction": instruction, "call": call}
        return re.sub(r"\{(\w+)\}", lambda slot: parts.get(slot[1], slot[0]), self.shape.turn)

    def result(self, step: Step) -> str:
        return ""

    def grammar(self, fit: Fit, pointer: Point | None) -> Grammar:
        rules = f"{self.shape.lark}\n{self.spelling.lark(fit, self.longest_text)}"
        return Grammar(rules, thinking=self.thinking)

    def read(self, text: str, fit: Fit, pointer: Point | None) -> Decision:
        thinking, ended, answer = text.rpartition("</think>")
        found = list(re.finditer(self.shape.inside, answer, re.DOTALL))
        if not found and self.shape.bare and (bare := re.search(self.shape.bare, answer, re.DOTALL | re.MULTILINE)):
            found = [bare]
        if len({match[1].strip() for match in found}) > 1:
            raise ValueError(f"one action was wanted; found {len(found)}, which cannot all be meant")
        before, calls = (answer[: found[0].start()], found[0][1].strip()) if found else ("", answer)
        parts = self.read_parts(calls, fit, pointer)
        thought = _THINKING.sub("", thinking if ended else before).strip()
        concluded = re.search(self.shape.conclusion, answer, re.DOTALL) if self.shape.conclusion else None
        return decision_of(parts, text, instruction=concluded[1].strip() if concluded else "", thought=thought)

    def _call(self, step: Step, fit: Fit) -> str:
        return self.spelling.write(step.decision.move, fit) or escaped(describe_step(step, fit))

    def _step_text(self, step: Step, fit: Fit) -> str:
        return (
            step.decision.instruction
            if self.history == "instruction" and step.decision.instruction
            else (self._call(step, fit))
        )
