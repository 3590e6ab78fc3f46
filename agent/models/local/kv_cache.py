"""What the model has already read: keys and values, kept as far as the next prompt is the same."""

from collections.abc import Hashable, Sequence
from typing import Any

import torch
from transformers.cache_utils import Cache, DynamicLayer

from agent.models.local.prompt import Prompt

GROWTH = 256  # positions; room is made for so many at a time


class Roomy(DynamicLayer):  # type: ignore[no-untyped-call]  # transformers types half of itself
    """A layer's keys and values with room to grow: appending a token copies that token, not all before it."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.length = 0
        self._room: torch.Tensor | None = None  # (keys and values, batch, heads, positions, size)

    def update(
        self, key_states: torch.Tensor, value_states: torch.Tensor, *args: Any, **kwargs: Any
    ) -> tuple[torch.Tensor, torch.Tensor]:
        new = torch.stack([key_states, value_states])
        end = self.length + new.shape[3]
        if self._room is None or end > self._room.shape[3]:
            self._room = self._grown(new, end)
        self._room[..., self.length : end, :] = new
        self.length = end
        keys, values = self._room[..., :end, :]
        return keys, values

    def get_seq_length(self) -> int:
        return self.length

    def _grown(self, new: torch.Tensor, needed: int) -> torch.Tensor:
        positions = max(needed, self.length * 5 // 4)
        room = new.new_empty(*new.shape[:3], -(-positions // GROWTH) * GROWTH, new.shape[4])
        if self._room is not None:
            room[..., : self.length, :] = self._room[..., : self.length, :]
        return room


class Memory:
    """The keys and values of one sequence. What was generated is in it by its own numbers, not tokenized again."""

    def __init__(self, layers: int) -> None:
        self._layers = layers
        self.forget()

    def forget(self) -> None:
        """Drop everything."""
        self._rooms = [Roomy() for _ in range(self._layers)]
        self.cache = Cache(layers=list(self._rooms))
        self._keys: list[Hashable] = []

    def __len__(self) -> int:
        return len(self._keys)

    def keep(self, prompt: Prompt) -> int:
        """Forget all that is not the beginning of `prompt`: how many of its positions are still known.

        At least one is left to be read, for its successor is asked for; and no sight is cut in two.
        """
        known = 0
        for mine, wanted in zip(self._keys, prompt.keys[:-1], strict=False):
            if mine != wanted:
                break
            known += 1
        for sight in prompt.sights:
            if sight.start < known < sight.start + sight.count:
                known = sight.start
        for room in self._rooms:
            room.length = known
        del self._keys[known:]
        return known

    def add(self, keys: Sequence[Hashable]) -> None:
        """Note that the cache holds these too now."""
        self._keys += keys
