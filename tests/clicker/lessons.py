"""Lessons: screens with questions and right answers, laid out as the tensors of one batch."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

import numpy as np

from agent.dialects.dialect import Dialect
from agent.dialects.fit import resized
from agent.episode import Decision, Seconds, Step, Unreadable
from agent.models.chat import Message, Picture
from devices import Box, Click, Observation, Point
from devices.changes import Change
from devices.device import Pixels
from tests.clicker.eyes import patches_of
from tests.clicker.world import COLOURS, Buttons

NAMES = tuple(COLOURS)
PROVEN_ON = frozenset({(1280, 720), (1080, 2400)})
"""Screen sizes that no lesson uses: the trained clicker is tried on them."""
DESKTOP_SIZES = ((448, 336), (512, 320), (560, 420), (640, 400), (640, 480), (720, 480), (800, 500), (800, 600))
PICTURES, QUESTIONS = 16, 2


@dataclass(frozen=True, slots=True)
class Lesson:
    """A batch. Rows are questions, `PICTURES` times `QUESTIONS` of them; pictures all have the `size` (width, height).

    `boxes[i]` are the buttons of picture i, in its pixels; `asked` the number of the colour that a row asks for, and
    `target` its box, None where it is not there. `answers` (rows, longest) are token numbers, -100 beyond their end,
    and `starts` where in `ids` (rows, length) the token before each answer stands.
    """

    size: tuple[int, int]
    patches: Any
    boxes: tuple[dict[str, Box], ...]
    asked: tuple[int, ...]
    target: tuple[Box | None, ...]
    ids: Any
    starts: Any
    picture_starts: Any
    answers: Any


def chatml(messages: tuple[Message, ...], image_tokens: int) -> str:
    """`messages` and the beginning of the reply, as Qwen2.5-VL's chat template writes them."""
    turns = []
    for message in messages:
        picture = "<|vision_start|>" + "<|image_pad|>" * image_tokens + "<|vision_end|>"
        parts = "".join(part if isinstance(part, str) else picture for part in message.parts)
        turns.append(f"<|im_start|>{message.role}\n{parts}<|im_end|>\n")
    return "".join(turns) + "<|im_start|>assistant\n"


def answer_of(box: Box | None) -> str:
    """What a model should reply when the named button is at `box`, in pixels of the picture; None: it is not there."""
    arguments: dict[str, Any] = {"action": "terminate", "status": "success"}
    if box:
        arguments = {"action": "left_click", "coordinate": [box.center.x, box.center.y]}
    call = json.dumps({"name": "computer_use", "arguments": arguments})
    return f"<tool_call>\n{call}\n</tool_call>"


def screen_size(random: Random) -> tuple[int, int]:
    """A screen to learn on: a usual desktop, or any shape from a tall phone to a wide window."""
    while True:
        size = random.choice(DESKTOP_SIZES)
        if random.random() < 0.5:
            area, shape = random.uniform(130_000, 400_000), 2 ** random.uniform(-1.25, 1.0)
            size = (round((area * shape) ** 0.5), round((area / shape) ** 0.5))
        if size not in PROVEN_ON:
            return size


def past_of(random: Random, steps: int, size: tuple[int, int]) -> tuple[Step, ...]:
    """Steps that could have been taken on a picture of `size`: clicks here and there, some without effect."""
    blank = Observation(np.zeros((size[1], size[0], 3), np.uint8))
    past = []
    for index in range(steps):
        at = Point(random.randrange(size[0]), random.randrange(size[1]))
        change = Change(0.0, None) if random.random() < 0.1 else Change(0.1, blank.box)
        move = Unreadable("there is no tool call in it") if random.random() < 0.02 else Click(at)
        error = f"the reply could not be read: {move.reason}" if isinstance(move, Unreadable) else ""
        past.append(Step(index, blank, Decision(move), error, change, Seconds()))
    return tuple(past)


def scene(seed: int, screen: tuple[int, int], picture: tuple[int, int]) -> tuple[Pixels, dict[str, Box]]:
    """The picture of the layout `seed`, perhaps after a click or two, and its buttons' boxes on the picture."""
    random = Random(seed)
    world = Buttons(seed, screen, hits_wanted=random.randint(1, 3))
    for _ in range(random.choice((0, 0, 1, 2))):
        if box := world.boxes.get(world.colour):
            world.perform(Click(box.center))
    if random.random() < 0.2:
        world.misses += random.randint(1, 3)
    across, down = picture[0] / screen[0], picture[1] / screen[1]
    boxes = {
        colour: Box(*(round(edge * scale) for edge, scale in zip(_edges(box), (across, down) * 2, strict=True)))
        for colour, box in world.boxes.items()
    }
    return resized(world.observe().pixels, picture).pixels, boxes


def lessons(tokenizer: Any, dialect: Dialect, seed: int) -> Iterator[Lesson]:
    """Lessons without end, the same for the same seed."""
    random = Random(seed)
    while True:
        screen = screen_size(random)
        yield lesson(tokenizer, dialect, random, screen)


def lesson(
    tokenizer: Any, dialect: Dialect, random: Random, screen: tuple[int, int], pictures: int = PICTURES
) -> Lesson:
    import torch

    picture = dialect.fit(screen).picture
    scenes = [scene(random.getrandbits(40) + 10**6, screen, picture) for _ in range(pictures)]
    most = random.choice((0, 0, 0, 0, 1, 1, 1, 2, 2, 4, 8 if random.random() < 0.6 else 11))
    blank = Picture(np.zeros((picture[1], picture[0], 3), np.uint8))
    prompts, replies, asked, target = [], [], [], []
    for _, boxes in scenes:
        for _ in range(QUESTIONS):
            there = random.random() < 0.8
            colour = random.choice([name for name in NAMES if (name in boxes) == there])
            past = past_of(random, random.randint(max(0, most - 1), most), picture)
            messages = dialect.ask(f"Click the {colour} button", past, Observation(blank.pixels)).messages
            prompts.append(chatml(messages, dialect.sizes.tokens(picture)))
            asked.append(NAMES.index(colour))
            target.append(boxes.get(colour))
            replies.append(answer_of(target[-1]) + "<|im_end|>")
    before, after = (tokenizer(texts, add_special_tokens=False)["input_ids"] for texts in (prompts, replies))
    vision_start = tokenizer.convert_tokens_to_ids("<|vision_start|>")
    return Lesson(
        picture,
        patches_of(np.stack([pixels for pixels, _ in scenes])),
        tuple(boxes for _, boxes in scenes),
        tuple(asked),
        tuple(target),
        _rows([first + second for first, second in zip(before, after, strict=True)], tokenizer.pad_token_id),
        torch.tensor([len(first) - 1 for first in before]),
        torch.tensor([first.index(vision_start) + 1 for first in before]),
        _rows(after, -100),
    )


def _rows(rows: list[list[int]], fill: int) -> Any:
    import torch

    longest = max(map(len, rows))
    return torch.tensor([row + [fill] * (longest - len(row)) for row in rows])


def _edges(box: Box) -> tuple[int, int, int, int]:
    return box.left, box.top, box.right, box.bottom
