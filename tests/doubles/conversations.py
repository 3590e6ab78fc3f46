"""Conversations with pictures and clips, as an agent and its askers hold them, and grammars for the replies."""

import random
from collections.abc import Iterator

import numpy as np

from agent.models.chat import Clip, Grammar, Message, Picture

CALL = Grammar(
    """start: <tool_call> "\\n" call "\\n" </tool_call>
call: %json {
  "x-guidance": {"whitespace_flexible": false, "item_separator": ", ", "key_separator": ": "},
  "type": "object", "required": ["name", "arguments"], "additionalProperties": false, "properties": {
    "name": {"const": "computer_use"},
    "arguments": {"anyOf": [
      {"type": "object", "required": ["action", "coordinate"], "additionalProperties": false, "properties": {
        "action": {"enum": ["left_click", "double_click", "mouse_move"]},
        "coordinate": {"type": "array", "items": false, "minItems": 2, "maxItems": 2, "prefixItems": [
          {"type": "integer", "minimum": 0, "maximum": 1931}, {"type": "integer", "minimum": 0, "maximum": 1091}]}}},
      {"type": "object", "required": ["action", "text"], "additionalProperties": false, "properties": {
        "action": {"const": "type"}, "text": {"type": "string", "maxLength": 40}}},
      {"type": "object", "required": ["action", "status"], "additionalProperties": false, "properties": {
        "action": {"const": "terminate"}, "status": {"enum": ["success", "failure"]}}}]}}}
"""
)
THOUGHT = Grammar(
    'start: THOUGHT "Action: " ACT\nTHOUGHT: /Thought: [^<\\n]{0,30}\\n/\nACT: /(click|type)\\([a-z]{0,9}\\)/'
)
WORDS = "click the red button then type café into 文件 and save it as demo.txt 42"
SIZES = ((56, 56), (112, 84), (168, 140), (84, 196))


def picture(seed: int, size: tuple[int, int] | None = None) -> Picture:
    draw = np.random.default_rng(seed)
    width, height = size or SIZES[seed % len(SIZES)]
    return Picture(draw.integers(0, 256, (height, width, 3), dtype=np.uint8))


def clip(seed: int, frames: int, every: float) -> Clip:
    shown = tuple(picture(seed * 100 + number, (84, 56)) for number in range(frames))
    return Clip(shown, tuple(3.0 + number * every for number in range(frames)))


def conversations(seed: int, steps: int, *, clips: bool = False) -> Iterator[list[Message]]:
    """Prompts as an agent asks them: a system text, a goal, a history that grows, pictures in several places."""
    draw = random.Random(seed)
    words = WORDS.split()
    said: list[Message] = [Message("system", ("You work a screen.",))] if draw.random() < 0.7 else []
    said.append(Message("user", ("Goal: ", " ".join(draw.choices(words, k=6)), picture(seed))))
    for step in range(steps):
        if clips and step == 1:
            said.append(Message("user", (clip(seed, draw.choice((1, 3, 4)), draw.choice((0.5, 1.0, 4.0))), "?")))
        yield [*said, Message("user", ("Now: ", picture(seed * 50 + step + 1), draw.choice(words)))]
        said.append(Message("assistant", (f"Step {step}: {' '.join(draw.choices(words, k=4))}",)))
        if draw.random() < 0.4:
            said.append(Message("user", (picture(seed * 50 + step), picture(seed * 50 + step), "both")))
