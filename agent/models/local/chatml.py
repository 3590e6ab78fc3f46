"""Messages as Qwen's chat template writes them: stretches of text, marks, pictures and clips."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agent.models.chat import Clip, Message, Picture


@dataclass(frozen=True, slots=True)
class SpecialToken:
    """A special token that only this file may write."""

    text: str


START, END = SpecialToken("<|im_start|>"), SpecialToken("<|im_end|>")
PICTURE_START, PICTURE_END = SpecialToken("<|vision_start|>"), SpecialToken("<|vision_end|>")
SYSTEM = "You are a helpful assistant."
RESERVED = re.compile(r"(?<=<)(?=\|(?:im_start|im_end|endoftext|vision_\w+|image_pad|video_pad)\|>)")
"""Where a mark of the template's own, found in text, is cut in two, so that no tokenizer takes it for one."""

Segment = str | SpecialToken | Picture | Clip


def render(messages: Sequence[Message]) -> list[Segment]:
    """`messages` and the opening of the answer, in the template of Qwen2-VL and Qwen2.5-VL.

    Where the first message is not the system's, Qwen's default system prompt comes first. Neighbouring strings are one
    string, so that it is tokenized as the whole text would be.
    """
    segments: list[Segment] = []
    for segment in _turns(messages):
        if isinstance(segment, str) and segments and isinstance(segments[-1], str):
            segments[-1] += segment
        else:
            segments.append(segment)
    return segments


def split_at_marks(text: str) -> list[str]:
    """`text` in pieces that hold none of the template's marks: usually the whole of it."""
    return RESERVED.split(text)


def _turns(messages: Sequence[Message]) -> Iterator[Segment]:
    if not messages or messages[0].role != "system":
        yield from _turn("system", (SYSTEM,))
    for message in messages:
        yield from _turn(message.role, message.parts)
    yield from (START, "assistant\n")


def _turn(role: str, parts: Sequence[str | Picture | Clip]) -> Iterator[Segment]:
    yield from (START, f"{role}\n")
    for part in parts:
        yield from (part,) if isinstance(part, str) else (PICTURE_START, part, PICTURE_END)
    yield from (END, "\n")
