"""A prompt as token ids, with a cache key for every position."""

import hashlib
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from agent.models.chat import Clip, Message, ModelFailed, Picture
from agent.models.local.chatml import END, PICTURE_END, PICTURE_START, START, SpecialToken, render, split_at_marks
from agent.models.local.patches import MERGE, Grid, grid_of, seconds_per_pair


@dataclass(frozen=True, eq=False, slots=True)
class VisionSpan:
    """A picture or clip in a prompt: `count` tokens from position `start`; `key` is equal for equal spans only."""

    shown: Picture | Clip
    start: int
    count: int
    grid: Grid
    seconds: float
    key: str

    @property
    def is_clip(self) -> bool:
        return isinstance(self.shown, Clip)


@dataclass(frozen=True, slots=True)
class Prompt:
    """Token ids; for each a key, equal where computed values may be reused; and the vision spans among them.

    The placeholders of two pictures of one size have the same numbers, so a picture's identity is part of its keys.
    """

    ids: tuple[int, ...]
    keys: tuple[Hashable, ...]
    spans: tuple[VisionSpan, ...]

    @property
    def kinds(self) -> list[int]:
        """0 for text, 1 for a picture, 2 for a clip: from the spans, since text may hold any token."""
        kinds = [0] * len(self.ids)
        for span in self.spans:
            kinds[span.start : span.start + span.count] = [1 + span.is_clip] * span.count
        return kinds


class PromptEncoder:
    """Encodes messages with one checkpoint's tokenizer. Raises `ModelFailed` for one without Qwen's marks."""

    def __init__(self, tokenizer: Any, picture_token: int, clip_token: int) -> None:
        self.tokenizer = tokenizer
        self._placeholder = {False: picture_token, True: clip_token}
        known = tokenizer.get_vocab()
        missing = [mark.text for mark in (START, END, PICTURE_START, PICTURE_END) if mark.text not in known]
        if missing:
            raise ModelFailed(
                f"the checkpoint's tokenizer must know Qwen's marks; it lacks {' '.join(missing)}. "
                "Give a checkpoint whose tokenizer.json belongs to its weights"
            )
        self._marks: dict[SpecialToken, int] = {
            mark: known[mark.text] for mark in (START, END, PICTURE_START, PICTURE_END)
        }
        self.text_ids = lru_cache(maxsize=64)(self._text_ids)
        """Token ids of a text; a long system prompt comes with every question."""

    def encode(self, messages: Sequence[Message]) -> Prompt:
        """`messages` up to the opening of the answer. Raises `ModelFailed` for a picture of a size it cannot take."""
        ids: list[int] = []
        keys: list[Hashable] = []
        spans: list[VisionSpan] = []
        for segment in render(messages):
            match segment:
                case str() | SpecialToken():
                    new = self.text_ids(segment) if isinstance(segment, str) else (self._marks[segment],)
                    keys += new
                case shown:
                    span = _span(shown, len(ids))
                    new = (self._placeholder[span.is_clip],) * span.count
                    keys += [(span.key, index) for index in range(span.count)]
                    spans.append(span)
            ids += new
        return Prompt(tuple(ids), tuple(keys), tuple(spans))

    def _text_ids(self, text: str) -> tuple[int, ...]:
        """Never the number of one of the template's marks, whatever `text` holds."""
        return tuple(
            token
            for piece in split_at_marks(text)
            if piece
            for token in self.tokenizer(piece, add_special_tokens=False)["input_ids"]
        )


def _span(shown: Picture | Clip, start: int) -> VisionSpan:
    grid = grid_of(shown)
    count = grid[0] * grid[1] * grid[2] // MERGE**2
    if isinstance(shown, Picture):
        return VisionSpan(shown, start, count, grid, 1.0, shown.digest)
    seconds = seconds_per_pair(shown)
    named = ";".join([f"{seconds!r}", *(frame.digest for frame in shown.frames)])
    return VisionSpan(shown, start, count, grid, seconds, hashlib.sha256(named.encode()).hexdigest())
