"""The tool-call voice, of Qwen's GUI models and their kin: one tool, called in `<tool_call>` tags as JSON or XML."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from agent.dialects.calls import read_call
from agent.dialects.escape import escaped
from agent.dialects.fit import Fit, FitOf
from agent.dialects.grammars import call_schema, json_rule, variants, xml_rules
from agent.dialects.history import describe_step, history_text
from agent.dialects.reply_parts import Part, decision_of, pointer_after
from agent.dialects.tools import Tool
from agent.dialects.turns import PLAIN, Turns
from agent.dialects.xml_calls import holds_xml_call, read_xml_calls
from agent.episode import Decision, Finish, Past, Step
from agent.models.chat import Grammar, StructuralTag
from devices import Point
from devices.device import Surface

MOST_RAW = 500  # characters of an unreadable reply that are shown to the model again

_CALL = '<tool_call> "\\n" call "\\n" </tool_call>'

Wire = Literal["json", "xml"]


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
WITH_WORDS = ReplyTemplate(
    f"start: WORDS? {_CALL}\nWORDS: /[^<]{{1,900}}\\n/",
    "{thought}\n{call}",
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
    """The prompts of a family that calls `tool`, written on the `wire` as JSON or as XML.

    `prompt` makes the system prompt for a surface of some width and height; `query` is the user's turn with `{goal}`
    and `{steps}`, which are `nothing_yet` before the first.
    `longest_text` is how many characters a grammar lets be typed in one move; with `whole_calls` the steps hold the
    tool's name too; with `thought_answers` the last thought is the answer to the person.
    `thinking` is the switch of its chat template, None where it has none.
    """

    tool: Tool
    surface: Surface
    prompt: Callable[[Surface, int, int], str]
    query: str
    template: ReplyTemplate
    longest_text: int
    nothing_yet: str = ""
    wire: Wire = "json"
    turns: Turns = PLAIN
    whole_calls: bool = False
    thought_answers: bool = False
    thinking: bool | None = None

    def system(self, goal: str, fit: Fit) -> str:
        width, height = fit.picture if fit.extent[0] <= 1 else fit.extent
        return self.prompt(self.surface, int(width), int(height))

    def opening(self, goal: str, past: Past, fit_of: FitOf) -> str:
        steps = history_text(past, lambda step: self._step_text(step, fit_of(step.seen.size)))
        return self.query.format(goal=goal, steps=steps or self.nothing_yet)

    def reply(self, step: Step, fit: Fit) -> str:
        arguments = self.tool.write_step(step, fit)
        if arguments is None:
            return escaped(step.decision.raw[:MOST_RAW] or describe_step(step, fit))
        words = step.decision.thought, step.decision.instruction or describe_step(step, fit)
        thought, instruction = (escaped(" ".join(part.split())) for part in words)
        call = f"<tool_call>\n{self._written(arguments)}\n</tool_call>"
        return self.template.turn.format(call=call, thought=thought, instruction=instruction).lstrip("\n")

    def result(self, step: Step) -> str:
        return ""

    def grammar(self, fit: Fit, pointer: Point | None) -> Grammar:
        verbs = {verb: self.tool.verbs[verb] for verb in self.tool.verbs if pointer or verb != "left_click_drag"}

        def schema(bounded: bool) -> dict[str, Any]:
            return variants(verbs, fit, buttons=self.tool.buttons, longest=self.longest_text if bounded else 0)

        if self.wire == "xml":
            begin, end = f"<tool_call>\n<function={self.tool.name}>\n", "\n</function>\n</tool_call>"
            rules = xml_rules(self.tool.name, verbs, fit, self.tool.buttons, self.longest_text)
            tag = StructuralTag("<tool_call>", begin, "qwen_xml_parameter", schema(bounded=False), end)
            return Grammar(f"{self.template.lark}\n{rules}", tag=tag, thinking=self.thinking)
        bare = call_schema(self.tool.name, schema(bounded=False))
        call = json_rule(call_schema(self.tool.name, schema(bounded=True)))
        tag = StructuralTag("<tool_call>", "<tool_call>\n", "json_schema", bare, "\n</tool_call>")
        return Grammar(f"{self.template.lark}\ncall: {call}\n", tag=tag, thinking=self.thinking)

    def read(self, text: str, fit: Fit, pointer: Point | None) -> Decision:
        if self.wire == "xml" and holds_xml_call(text.rpartition("</think>")[2]):
            return self._read_xml(text, fit, pointer)
        parsed = read_call(text)
        parts = self.tool.read(parsed.arguments, fit, pointer)
        decision = decision_of(parts, text, instruction=parsed.instruction, thought=parsed.thought)
        if self.thought_answers and decision.move == Finish(True):
            return replace(decision, move=Finish(True, parsed.thought))
        return decision

    def _read_xml(self, text: str, fit: Fit, pointer: Point | None) -> Decision:
        thinking, _, answer = text.rpartition("</think>")
        calls, before = read_xml_calls(answer)
        parts: list[Part] = []
        for call in calls:
            parts += self.tool.read(call, fit, pointer_after(parts, pointer))
        words, found, instruction = before.partition("Action:")
        thought = "\n".join(filter(None, [thinking.removeprefix("<think>").strip(), words.strip()]))
        return decision_of(parts, text, instruction=instruction.strip().strip('"') if found else "", thought=thought)

    def _step_text(self, step: Step, fit: Fit) -> str:
        if step.decision.instruction:
            return step.decision.instruction
        arguments = self.tool.write_step(step, fit)
        if arguments is None:
            return describe_step(step, fit)
        call = {"name": self.tool.name, "arguments": arguments} if self.whole_calls else arguments
        return json.dumps(call, ensure_ascii=False)

    def _written(self, arguments: Mapping[str, Any]) -> str:
        """The call as it stands between the tags."""
        if self.wire == "json":
            return escaped(json.dumps({"name": self.tool.name, "arguments": arguments}, ensure_ascii=False))
        values = {
            name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            for name, value in arguments.items()
        }
        lines = "".join(f"<parameter={name}>\n{escaped(value)}\n</parameter>\n" for name, value in values.items())
        return f"<function={self.tool.name}>\n{lines}</function>"
