"""How a family spells each move as a call: one table serves its past turns and its grammar alike."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from agent.dialects.escape import escaped
from agent.dialects.fit import Fit
from agent.dialects.grammars import axis_schema
from agent.episode import Ask, Finish, Move
from devices import Click, Drag, LongPress, MoveTo, OpenApp, Point, Press, Scroll, TypeText, Wait

_CLICKS = {("left", 1): "click", ("left", 2): "double", ("left", 3): "triple", ("right", 1): "right"}
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class CallSpelling:
    """`verbs` are calls by the kind of move, with `{at}`, `{start}`, `{end}`, `{text}`, `{keys}`, `{direction}`,
    `{amount}` (above zero for up and right), `{axis}` and `{seconds}` in them.

    A point is spelt as `point` with `{x}` and `{y}`; strings stand in `quote`. `several` is the Lark of a reply of many
    calls, with the rule `one` in it; "" for a family that makes one a reply.
    """

    verbs: tuple[tuple[str, str], ...]
    point: str = "({x}, {y})"
    quote: str = "'"
    several: str = ""

    def write(self, move: Move, fit: Fit) -> str | None:
        """`move` as the family writes it; None where it has no such call."""
        if (found := _kind_and_values(move)) is None:
            return None
        kinds, values = found
        verbs = dict(self.verbs)
        template = next((verbs[kind] for kind in kinds if kind in verbs), None)
        if template is None:
            return None
        return _SLOT.sub(lambda slot: self._written(values[slot[1]], fit), template)

    def lark(self, fit: Fit, longest: int) -> str:
        """Lark rules of `call`, any one of the calls."""
        calls = [_lark_of(template) for _, template in self.verbs]
        x, y = (json.dumps(axis_schema(fit, axis)) for axis in (0, 1))
        before, between, after = re.split(r"\{x\}|\{y\}", self.point)
        quote = self.quote
        rules = (
            "call: one" + (f" | {self.several}" if self.several else ""),
            "one: " + "\n  | ".join(calls),
            f"at: {json.dumps(before)} x {json.dumps(between)} y {json.dumps(after)}",
            *(f"{name}: at" for name in ("start_", "end_")),
            f"x: %json {x}",
            f"y: %json {y}",
            rf"text: /{quote}([^{quote}\\\n]|\\[nt'\"\\]){{0,{longest}}}{quote}/",
            rf"keys: /\[{quote}[a-zA-Z0-9_+\-]{{1,15}}{quote}(, {quote}[a-zA-Z0-9_+\-]{{1,15}}{quote}){{0,3}}\]/",
            'direction: "up" | "down" | "left" | "right"',
            'axis: "vertical" | "horizontal"',
            r"amount: /-?[1-9][0-9]{0,2}/",
            r"seconds: /[0-9]{1,2}(\.[0-9])?/",
        )
        return "\n".join(rules) + "\n"

    def _written(self, value: object, fit: Fit) -> str:
        match value:
            case Point() as at:
                x, y = fit.to_answer(at)
                return self.point.format(x=f"{x:g}", y=f"{y:g}")
            case tuple() as names:
                return f"[{', '.join(self._quoted(name) for name in names)}]"
            case _Text(text):
                return self._quoted(text)
        return str(value)

    def _quoted(self, text: str) -> str:
        body = text.replace("\\", "\\\\").replace(self.quote, f"\\{self.quote}").replace("\n", "\\n")
        return self.quote + escaped(body.replace("\t", "\\t")) + self.quote


@dataclass(frozen=True, slots=True)
class _Text:
    text: str


def _kind_and_values(move: Move) -> tuple[tuple[str, ...], Mapping[str, object]] | None:
    """What kind of call `move` is, the nearest first, and what stands in it."""
    match move:
        case Click(at, button, times, ()):
            return (_CLICKS.get((button, times), f"{button}{times}"),), {"at": at}
        case MoveTo(at):
            return ("hover",), {"at": at}
        case LongPress(at):
            return ("long",), {"at": at}
        case Drag((start, *_, end), _, "left", ()):
            return ("drag",), {"start": start, "end": end}
        case Scroll(at, direction, notches):
            axis = "vertical" if direction in ("up", "down") else "horizontal"
            amount = notches if direction in ("up", "right") else -notches
            return (f"scroll {axis}", "scroll"), {"at": at, "direction": direction, "amount": amount, "axis": axis}
        case TypeText(text):
            return ("type",), {"text": _Text(text)}
        case Press(keys):
            return (f"press {'+'.join(keys)}", "press"), {"keys": keys}
        case Wait(seconds):
            return ("wait",), {"seconds": f"{seconds:g}"}
        case OpenApp(name):
            return ("open",), {"text": _Text(name)}
        case Finish(succeeded, answer):
            kinds = ("answer", "finish") if succeeded and answer else ("finish",) if succeeded else ("give up",)
            return kinds, {"text": _Text(answer)}
        case Ask(question):
            return ("ask",), {"text": _Text(question)}
    return None


_RULES = {"start": "start_", "end": "end_"}


def _lark_of(template: str) -> str:
    """The Lark of one call: its words, and the rules of its slots between them."""
    words = _SLOT.split(template)
    parts = [json.dumps(word) if place % 2 == 0 else _RULES.get(word, word) for place, word in enumerate(words) if word]
    return " ".join(parts)
