"""What the vision tower made of the pictures last seen, by the pictures' identity."""

from collections import OrderedDict
from typing import Any

import torch

from agent.models.local.pictures import patches
from agent.models.local.prompt import Sight

ROOM = 256 * 2**20  # bytes: some twenty screenshots of 1920x1080 for a 3B model in bfloat16


class Sights:
    """Features of pictures and clips, remembered up to `room` bytes; those longest unused are forgotten first.

    Exact, since pictures do not see each other in the tower: only the identity of the whole picture allows reuse.
    """

    def __init__(self, tower: Any, room: int = ROOM) -> None:
        self._tower = tower
        self._room = room
        self._known: OrderedDict[str, torch.Tensor] = OrderedDict()

    def features(self, sight: Sight) -> torch.Tensor:
        """Of shape (tokens, hidden size of the language model)."""
        found = self._known.pop(sight.key, None)
        if found is None:
            pixels = torch.from_numpy(patches(sight.shown)).to(self._tower.device, self._tower.dtype)
            grid = torch.tensor([sight.grid], device=self._tower.device)
            found = self._tower(pixels, grid_thw=grid).pooler_output
        self._known[sight.key] = found
        while len(self._known) > 1 and sum(each.nbytes for each in self._known.values()) > self._room:
            self._known.popitem(last=False)
        return found

    def forget(self) -> None:
        self._known.clear()
