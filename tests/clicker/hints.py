"""What a good clicker knows on the way to its answer: losses for it, whose heads are thrown away after training.

Answers alone do not teach places: rotary attention knows how far apart two tokens are, not where they are, and the
loss of the answers rests for thousands of steps before it finds out. So the picture tokens are asked early what they
show and where they are, in the middle which of them is meant, and the answer's tokens where the click goes.
"""

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from tests.clicker.lessons import NAMES, QUESTIONS, Lesson
from tests.clicker.sizes import HIDDEN

COLOURS_AND_NONE = len(NAMES) + 1
HEARD_AFTER, SOUGHT_AFTER, POINTED_AFTER = 1, 2, 4
"""After which of the text half's layers the picture tokens are asked (twice), and the answer's tokens."""


class Hints(nn.Module):
    """Heads on the picture tokens: `sight`: colour, the four edges around, own place. `heard`: which colour is named.

    `sought`: is it meant, own place, the button's centre. And on the answer's tokens, `point`: is the button there, and
    its centre. Places are (row, column), lengths in tokens.
    """

    def __init__(self) -> None:
        super().__init__()
        self.sight = nn.Linear(HIDDEN, COLOURS_AND_NONE + 4 + 2)
        self.heard = nn.Linear(HIDDEN, len(NAMES))
        self.sought = nn.Linear(HIDDEN, 1 + 2 + 2)
        self.point = nn.Linear(HIDDEN, 1 + 2)

    def loss(self, lesson: Lesson, features: Tensor, layers: Any, inside: Tensor, answering: Tensor) -> Tensor:
        """The weighted sum of all hints.

        `features` are the merged vision features, `layers` the hidden states, `inside` which of them are the picture's
        and `answering` where the answers' are, as indices for `gather`.
        """
        colours, edges, places = _what_is_where(lesson)
        asked = torch.tensor(lesson.asked)
        centres = _scaled(torch.tensor([[b.center.y, b.center.x] if b else [0, 0] for b in lesson.target]) / 28)
        there = torch.tensor([box is not None for box in lesson.target])

        sight = self.sight(features).float()
        loss = 0.5 * functional.cross_entropy(sight[..., :COLOURS_AND_NONE].flatten(0, 1), colours.flatten())
        loss = loss + _distance(sight[..., COLOURS_AND_NONE:-2], edges, colours > 0)
        loss = loss + 2 * _distance(sight[..., -2:], places)

        heard = self.heard(layers[HEARD_AFTER][inside]).float()
        named = asked.repeat_interleave(len(places))
        loss = loss + 0.5 * functional.cross_entropy(heard, named)

        meant = colours.repeat_interleave(QUESTIONS, 0) == asked[:, None] + 1
        sought = self.sought(layers[SOUGHT_AFTER][inside].unflatten(0, meant.shape)).float()
        loss = loss + functional.binary_cross_entropy_with_logits(sought[..., 0], meant.float())
        loss = loss + 4 * _distance(sought[..., 1:3], places) + 8 * _distance(sought[..., 3:], centres[:, None], meant)

        point = self.point(layers[POINTED_AFTER].gather(1, answering)).float()
        present = there[:, None].expand(point.shape[:2])
        loss = loss + 0.3 * functional.binary_cross_entropy_with_logits(point[..., 0], present.float())
        return loss + 4 * _distance(point[..., 1:], centres[:, None], present)


def _distance(found: Tensor, wanted: Tensor, where: Tensor | None = None) -> Tensor:
    """The smooth L1 distance, on average over all entries, or over those of the places `where`."""
    each = functional.smooth_l1_loss(found, wanted.expand_as(found), reduction="none").mean(-1)
    return each.mean() if where is None else (each * where).sum() / where.sum().clamp(min=1)


def _scaled(places: Tensor) -> Tensor:
    return places / 4 - 1


def _what_is_where(lesson: Lesson) -> tuple[Tensor, Tensor, Tensor]:
    """For each token of each picture: the colour of the button on it (0: none), and its edges from the token's middle.

    Shapes (pictures, tokens), (pictures, tokens, 4); then the tokens' own places, (tokens, 2). A button is on a token
    when it covers 10 pixels of it in each direction.
    """
    columns, rows = lesson.size[0] // 28, lesson.size[1] // 28
    row, column = torch.meshgrid(torch.arange(rows), torch.arange(columns), indexing="ij")
    left, top = column.flatten() * 28, row.flatten() * 28
    colours = torch.zeros(len(lesson.boxes), rows * columns, dtype=torch.long)
    edges = torch.zeros(len(lesson.boxes), rows * columns, 4)
    for picture, boxes in enumerate(lesson.boxes):
        for colour, box in boxes.items():
            across = (left + 28).clamp(max=box.right) - left.clamp(min=box.left)
            down = (top + 28).clamp(max=box.bottom) - top.clamp(min=box.top)
            on = (across >= 10) & (down >= 10)
            colours[picture, on] = NAMES.index(colour) + 1
            sides = [box.left - left - 14, box.top - top - 14, box.right - left - 14, box.bottom - top - 14]
            edges[picture, on] = torch.stack(sides, -1)[on] / 28
    return colours, edges, _scaled(torch.stack([row.flatten(), column.flatten()], -1).float())
