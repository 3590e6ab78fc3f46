"""The prompt format of Qwen's GUI models and their descendants: one tool, called in `<tool_call>` tags."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from agent.dialects.calls import read_call
from agent.dialects.escape import escaped
from agent.dialects.fit import Fit, FitOf
from agent.dialects.grammars import call_schema, json_rule, variants
from agent.dialects.history import describe_step, history_text
from agent.dialects.tools import Tool
from agent.episode import Decision, Past, Step
from agent.models.chat import Grammar
from devices import Point
from devices.device import Surface

MOST_RAW = 500  # characters of an unreadable reply that are shown to the model again

_CALL = '<tool_call> "\\n" call "\\n" </tool_call>'


@dataclass(frozen=True, slots=True)
class ReplyTemplate:
    """The text around a call: in Lark, and in a past turn with `{call}`, `{thought}` and `{instruction}`."""

    lark: str
    turn: str


CALL_ONLY = ReplyTemplate(f"start: {_CALL}", "{call}")
WITH_ACTION = ReplyTemplate(
    f'start: "Action: " LINE "\\n" {_CALL}\nLINE: /[^\\n<]{{1,300}}/',
    "Action: {instruction}\n{call}",
)
WITH_THINKING = ReplyTemplate(
    # Each text and the tags around it are one terminal: the lexer is greedy, and would take the line break before "<".
    f"start: THINKING {_CALL} CONCLUSION\n"
    r"THINKING: /<thinking>\n[^<]{1,600}\n<\/thinking>\n/"
    "\n"
    r"CONCLUSION: /\n<conclusion>\n[^<]{1,300}\n<\/conclusion>/",
    "<thinking>\n{thought}\n</thinking>\n{call}\n<conclusion>\n{instruction}\n</conclusion>",
)


@dataclass(frozen=True, slots=True)
class ToolCallFormat:
    """The prompts of a family that calls `tool`.

    `prompt` makes the system prompt for a surface of some width and height; `query` is the user's turn with `{goal}`
    and `{steps}`, which are `nothing_yet` before the first.
    `longest_text` is how many characters a grammar lets be typed in one move.
    """

    tool: Tool
    surface: Surface
    prompt: Callable[[Surface, int, int], str]
    query: str
    template: ReplyTemplate
    longest_text: int
    nothing_yet: str = ""

    def system(self, fit: Fit) -> str:
        width, height = fit.picture if fit.extent[0] <= 1 else fit.extent
        return self.prompt(self.surface, int(width), int(height))

    def opening(self, goal: str, past: Past, fit_of: FitOf) -> str:
        steps = history_text(past, lambda step: self._step_text(step, fit_of(step.seen.size)))
        return self.query.format(goal=goal, steps=steps or self.nothing_yet)

    def reply(self, step: Step, fit: Fit) -> str:
        arguments = self.tool.write(step.decision.move, fit)
        if arguments is None:
            return escaped(step.decision.raw[:MOST_RAW] or describe_step(step, fit))
        call = json.dumps({"name": self.tool.name, "arguments": arguments}, ensure_ascii=False)
        words = step.decision.thought, step.decision.instruction or describe_step(step, fit)
        thought, instruction = (escaped(" ".join(part.split())) for part in words)
        call = f"<tool_call>\n{escaped(call)}\n</tool_call>"
        return self.template.turn.format(call=call, thought=thought, instruction=instruction)

    def grammar(self, fit: Fit, pointer: Point | None) -> Grammar:
        verbs = {verb: self.tool.verbs[verb] for verb in self.tool.verbs if pointer or verb != "left_click_drag"}

        def schema(bounded: bool) -> dict[str, Any]:
            arguments = variants(verbs, fit, buttons=self.tool.buttons, longest=self.longest_text if bounded else 0)
            return call_schema(self.tool.name, arguments)

        return Grammar(f"{self.template.lark}\ncall: {json_rule(schema(bounded=True))}\n", schema(bounded=False))

    def read(self, text: str, fit: Fit, pointer: Point | None) -> Decision:
        parsed = read_call(text)
        return Decision(self.tool.read(parsed.arguments, fit, pointer), parsed.instruction, parsed.thought, text)

    def _step_text(self, step: Step, fit: Fit) -> str:
        if step.decision.instruction:
            return step.decision.instruction
        arguments = self.tool.write(step.decision.move, fit)
        return json.dumps(arguments, ensure_ascii=False) if arguments else describe_step(step, fit)
