"""What comes from outside is checked once: JSON as its standard has it, records of foreign formats, flaws in words."""

import math
from typing import Annotated, Any, NoReturn, TypeVar

from pydantic import BaseModel, ConfigDict, FailFast, ValidationError

F = TypeVar("F")
Many = Annotated[tuple[F, ...], FailFast()]
"""A list in a foreign file, refused at its first flaw: a million of them would take seconds to list."""


class ForeignRecord(BaseModel):
    """A record of a format that is not ours: fields that are not declared are ignored, declared ones must be valid."""

    model_config = ConfigDict(extra="ignore", frozen=True, allow_inf_nan=False)


def flaws(error: ValidationError, most: int = 3) -> str:
    """The first `most` flaws of a pydantic error in one line, each as `path.to.field: message`."""
    return "; ".join(f"{'.'.join(map(str, flaw['loc']))}: {flaw['msg']}" for flaw in error.errors()[:most])


def no_duplicate_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """`object_pairs_hook` of `json.loads`. Raises `ValueError` for a key that stands twice in one object."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice in one object")
    return found


def no_constant(name: str) -> NoReturn:
    """`parse_constant` of `json.loads`. Raises `ValueError` for NaN and the infinities."""
    raise ValueError(f"{name} is no JSON number")


def finite(digits: str) -> float:
    """`parse_float` of `json.loads`. Raises `ValueError` for a number that becomes an infinity."""
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(f"the number {digits[:20]} is too large")
    return number
