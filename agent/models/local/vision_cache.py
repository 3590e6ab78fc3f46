"""LRU cache of vision features, keyed by the SHA-256 of the picture."""

from collections import OrderedDict
from typing import Any

import torch

from agent.models.local.patches import patches
from agent.models.local.prompt import VisionSpan

CAPACITY = 256 * 2**20  # bytes: some twenty screenshots of 1920x1080 for a 3B model in bfloat16


class VisionCache:
    """Features of pictures and clips, up to `capacity` bytes; the least recently used are dropped first.

    Exact: pictures do not attend to each other in the tower, and only a picture equal in every pixel is reused.
    """

    def __init__(self, tower: Any, capacity: int = CAPACITY) -> None:
        self._tower = tower
        self._capacity = capacity
        self._cached: OrderedDict[str, torch.Tensor] = OrderedDict()

    def features(self, span: VisionSpan) -> torch.Tensor:
        """Of shape (tokens, hidden size of the language model)."""
        features = self._cached.pop(span.key, None)
        if features is None:
            pixels = torch.from_numpy(patches(span.shown)).to(self._tower.device, self._tower.dtype)
            grid = torch.tensor([span.grid], device=self._tower.device)
            features = self._tower(pixels, grid_thw=grid).pooler_output
        self._cached[span.key] = features
        while len(self._cached) > 1 and sum(each.nbytes for each in self._cached.values()) > self._capacity:
            self._cached.popitem(last=False)
        return features

    def clear(self) -> None:
        self._cached.clear()
