"""JSON as its standard has it: no key twice, no NaN, no number beyond what can be held; hooks for `json.loads`."""

import math
from typing import Any, NoReturn


def no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """`object_pairs_hook`: raises `ValueError` for a key that stands twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice in one object")
    return found


def no_constant(name: str) -> NoReturn:
    """`parse_constant`: raises `ValueError` for NaN and the infinities."""
    raise ValueError(f"{name} is no JSON number")


def finite(digits: str) -> float:
    """`parse_float`: raises `ValueError` for a number that becomes an infinity."""
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(f"the number {digits[:20]} is too large")
    return number
