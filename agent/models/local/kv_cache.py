"""KV cache that keeps the longest prefix shared with the next prompt."""

from collections.abc import Hashable, Sequence
from typing import Any

import torch
from transformers.cache_utils import Cache, DynamicLayer

from agent.models.local.prompt import Prompt

GROWTH = 256  # positions that are allocated at a time


class GrowableLayer(DynamicLayer):  # type: ignore[no-untyped-call]  # transformers types half of itself
    """One layer's keys and values in a buffer with spare capacity: appending a token copies that token only."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.length = 0
        self._buffer: torch.Tensor | None = None  # (keys and values, batch, heads, positions, size)

    def update(
        self, key_states: torch.Tensor, value_states: torch.Tensor, *args: Any, **kwargs: Any
    ) -> tuple[torch.Tensor, torch.Tensor]:
        new = torch.stack([key_states, value_states])
        end = self.length + new.shape[3]
        if self._buffer is None or end > self._buffer.shape[3]:
            self._buffer = self._grown(new, end)
        self._buffer[..., self.length : end, :] = new
        self.length = end
        keys, values = self._buffer[..., :end, :]
        return keys, values

    def get_seq_length(self) -> int:
        return self.length

    def _grown(self, new: torch.Tensor, needed: int) -> torch.Tensor:
        positions = max(needed, self.length * 5 // 4)
        buffer = new.new_empty(*new.shape[:3], -(-positions // GROWTH) * GROWTH, new.shape[4])
        if self._buffer is not None:
            buffer[..., : self.length, :] = self._buffer[..., : self.length, :]
        return buffer


class PrefixCache:
    """Keys and values of one sequence; generated tokens are in it as generated, not tokenized again."""

    def __init__(self, layers: int) -> None:
        self._count = layers
        self.clear()

    def clear(self) -> None:
        """Drop everything."""
        self._layers = [GrowableLayer() for _ in range(self._count)]
        self.layers = Cache(layers=list(self._layers))
        self._keys: list[Hashable] = []

    def __len__(self) -> int:
        return len(self._keys)

    def truncate_to(self, prompt: Prompt) -> int:
        """Drop all but the longest prefix shared with `prompt`; the number of positions kept.

        At least one position of `prompt` is left to compute, since its logits are needed; no span is split.
        """
        known = 0
        for mine, wanted in zip(self._keys, prompt.keys[:-1], strict=False):
            if mine != wanted:
                break
            known += 1
        for span in prompt.spans:
            if span.start < known < span.start + span.count:
                known = span.start
        for layer in self._layers:
            layer.length = known
        del self._keys[known:]
        return known

    def add(self, keys: Sequence[Hashable]) -> None:
        """Record the keys of positions that were just computed."""
        self._keys += keys
