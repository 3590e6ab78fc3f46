"""A prompt as token numbers, and what tells each of its positions from all others."""

import hashlib
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from agent.models.chat import Clip, Message, ModelFailed, Picture
from agent.models.local.chatml import END, PICTURE_END, PICTURE_START, START, Mark, pieces, written
from agent.models.local.pictures import MERGE, Grid, grid_of, seconds_a_pair


@dataclass(frozen=True, eq=False, slots=True)
class Sight:
    """A picture or clip in a prompt: `count` tokens from position `start`; `key` is equal for equal sights only."""

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
    """Token numbers; for each a key, equal where what was computed may be reused; and the sights among them.

    The placeholders of two pictures of one size have the same numbers, so a picture's identity is part of its keys.
    """

    ids: tuple[int, ...]
    keys: tuple[Hashable, ...]
    sights: tuple[Sight, ...]

    @property
    def kinds(self) -> list[int]:
        """0 where text stands, 1 for a picture, 2 for a clip; from our own books, for text may hold any token."""
        kinds = [0] * len(self.ids)
        for sight in self.sights:
            kinds[sight.start : sight.start + sight.count] = [1 + sight.is_clip] * sight.count
        return kinds


class Prompter:
    """Makes prompts of messages, with one checkpoint's tokenizer. Raises `ModelFailed` for one without Qwen's marks."""

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
        self._marks: dict[Mark, int] = {mark: known[mark.text] for mark in (START, END, PICTURE_START, PICTURE_END)}
        self.text_ids = lru_cache(maxsize=64)(self._text_ids)
        """Token numbers of a text; a long system prompt comes with every question."""

    def prompt(self, messages: Sequence[Message]) -> Prompt:
        """`messages` up to the opening of the answer. Raises `ModelFailed` for a picture of a size it cannot take."""
        ids: list[int] = []
        keys: list[Hashable] = []
        sights: list[Sight] = []
        for segment in written(messages):
            match segment:
                case str() | Mark():
                    new = self.text_ids(segment) if isinstance(segment, str) else (self._marks[segment],)
                    keys += new
                case shown:
                    sight = _sight(shown, len(ids))
                    new = (self._placeholder[sight.is_clip],) * sight.count
                    keys += [(sight.key, index) for index in range(sight.count)]
                    sights.append(sight)
            ids += new
        return Prompt(tuple(ids), tuple(keys), tuple(sights))

    def _text_ids(self, text: str) -> tuple[int, ...]:
        """Never the number of one of the template's marks, whatever `text` holds."""
        return tuple(
            token
            for piece in pieces(text)
            if piece
            for token in self.tokenizer(piece, add_special_tokens=False)["input_ids"]
        )


def _sight(shown: Picture | Clip, start: int) -> Sight:
    grid = grid_of(shown)
    count = grid[0] * grid[1] * grid[2] // MERGE**2
    if isinstance(shown, Picture):
        return Sight(shown, start, count, grid, 1.0, shown.digest)
    seconds = seconds_a_pair(shown)
    named = ";".join([f"{seconds!r}", *(frame.digest for frame in shown.frames)])
    return Sight(shown, start, count, grid, seconds, hashlib.sha256(named.encode()).hexdigest())
