"""Rates with their 95 % confidence intervals."""

from dataclasses import dataclass
from math import sqrt

Z95 = 1.959964


@dataclass(frozen=True, slots=True)
class Rate:
    """`right` of `of`."""

    right: int
    of: int

    @property
    def share(self) -> float | None:
        """From 0 to 1; None where `of` is 0."""
        return self.right / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval (Wilson 1927), valid for few steps and shares near 0 or 1; (0, 1) if `of` is 0."""
        if not self.of:
            return 0.0, 1.0
        n, p, z = self.of, self.right / self.of, Z95
        centre, half = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        low, high = (centre - half) / (1 + z * z / n), (centre + half) / (1 + z * z / n)
        return (0.0 if self.right == 0 else max(0.0, low)), (1.0 if self.right == n else min(1.0, high))

    def __str__(self) -> str:
        if not self.of:
            return "-"
        low, high = self.interval
        return f"{100 * self.right / self.of:.1f} % ({100 * low:.1f}-{100 * high:.1f}), {self.right} of {self.of}"
