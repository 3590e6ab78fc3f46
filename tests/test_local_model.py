"""The engine in this process answers as transformers' own loop does, and remembers only what saves time."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from agent.models.chat import Clip, Grammar, Message, Picture
from agent.models.local.loading import open_local
from devices import Stop
from tests.doubles.tiny_qwen import save_tiny

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


class Bench:
    """A checkpoint opened by the engine, and the same network behind the yardstick."""

    def __init__(self, folder: Path) -> None:
        from tests.doubles.plain_generate import Plain

        self.folder = folder
        self.model = open_local(str(folder), stop=Stop(), say=lambda line: None)
        self.network = self.model.network
        self.plain = Plain(self.network, self.model.tokenizer)

    def fresh(self) -> Any:
        """The same network, remembering nothing."""
        from agent.models.local.model import LocalModel

        return LocalModel("fresh", self.network, self.model.tokenizer, Stop())


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(save_tiny(tmp_path_factory.mktemp("qwen2_5_vl")))


@pytest.fixture(scope="module")
def older(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(save_tiny(tmp_path_factory.mktemp("qwen2_vl"), kind="qwen2_vl"))


@pytest.mark.parametrize("grammar", [None, CALL, THOUGHT], ids=["free", "call", "thought"])
@pytest.mark.parametrize("seed", range(4))
def test_the_reply_is_that_of_generate_with_and_without_what_is_remembered(
    bench: Bench, seed: int, grammar: Grammar | None
) -> None:
    for messages in conversations(seed, 4, clips=True):
        wanted = bench.plain.complete(messages, grammar, 48)
        for model in (bench.model, bench.fresh()):
            reply = model.complete(messages, grammar=grammar, max_tokens=48)
            assert reply.text == bench.plain.tokenizer.decode(wanted, skip_special_tokens=False)
            assert reply.usage.prompt == bench.plain.inputs(messages)["input_ids"].shape[1]


def test_a_qwen2_vl_answers_as_generate_too(older: Bench) -> None:
    for seed in range(3):
        for messages in conversations(seed, 3, clips=True):
            for grammar in (None, CALL):
                wanted = older.plain.complete(messages, grammar, 32)
                reply = older.model.complete(messages, grammar=grammar, max_tokens=32)
                assert reply.text == older.plain.tokenizer.decode(wanted, skip_special_tokens=False)
