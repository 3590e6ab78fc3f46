"""The Muon optimiser in float32: torch's own computes in bfloat16, which many processors can only emulate."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import torch
from torch import Tensor

NEWTON_SCHULZ = (3.4445, -4.7750, 2.0315)
"""Coefficients and, below, momentum and the scale of an update: https://kellerjordan.github.io/posts/muon and, for the
scale that lets AdamW's learning rates be used, arXiv 2502.16982, section 2.2."""


class Muon(torch.optim.Optimizer):
    """Momentum whose direction is made orthogonal; for matrices, of which those of one shape are done at once."""

    def __init__(
        self, matrices: Iterable[Tensor], lr: float, momentum: float = 0.95, weight_decay: float = 0.01
    ) -> None:
        super().__init__(matrices, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self, closure: Any = None) -> None:  # type: ignore[override]  # nobody evaluates the loss again
        for group in self.param_groups:
            alike: dict[torch.Size, list[Tensor]] = defaultdict(list)
            for matrix in group["params"]:
                if matrix.grad is not None:
                    alike[matrix.shape].append(matrix)
            for shape, matrices in alike.items():
                directions = orthogonal(torch.stack([self._direction(each, group["momentum"]) for each in matrices]))
                for matrix, direction in zip(matrices, directions, strict=True):
                    matrix.mul_(1 - group["lr"] * group["weight_decay"])
                    matrix.add_(direction, alpha=-group["lr"] * 0.2 * max(shape) ** 0.5)

    def _direction(self, matrix: Tensor, momentum: float) -> Tensor:
        """The gradient with Nesterov momentum."""
        state = self.state[matrix]
        average: Tensor = state.setdefault("average", torch.zeros_like(matrix))
        assert matrix.grad is not None
        average.lerp_(matrix.grad, 1 - momentum)
        return matrix.grad.lerp(average, momentum)


def orthogonal(matrices: Tensor, steps: int = 5) -> Tensor:
    """For each of `matrices` (count, rows, columns) one with nearly the same singular vectors and values near one."""
    wide: Tensor = matrices if matrices.shape[1] <= matrices.shape[2] else matrices.mT
    wide = wide / wide.norm(dim=(1, 2), keepdim=True).clamp(min=1e-7)
    linear, cubic, quintic = NEWTON_SCHULZ
    for _ in range(steps):
        square = wide @ wide.mT
        wide = linear * wide + (cubic * square + quintic * square @ square) @ wide
    return wide if matrices.shape[1] <= matrices.shape[2] else wide.mT
