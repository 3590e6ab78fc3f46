"""The spaces a model may answer in: those it was trained for, and what servers make of them."""

from collections.abc import Iterator, Mapping

from agent.dialects.sizes import Size
from agent.dialects.spaces import Absolute, Relative, Space

TRAINED: tuple[Space, ...] = (Absolute(), Absolute(28), Absolute(32), Relative(1000), Relative(1))
"""The spaces of models whose server leaves the picture alone."""

USUAL_TOKENS = (16384, 12800, 8192, 4096, 3072, 2560, 2048, 1536, 1280, 1024, 768, 576, 512, 256)
"""The bounds that servers of Qwen's kin are set to, in visual tokens a picture."""

USUAL_SIDES = (4096, 3072, 2576, 2048, 2000, 1920, 1568, 1536, 1344, 1280, 1120, 1092, 1024, 896, 768, 672, 512, 448)
"""The bounds that servers put to the longer side."""

FACTORS = (28, 32)
SMALLEST = 8
"""Tokens, and a fourteenth of the pixels a side: below that nothing on a picture is told from anything else."""


def downscaled_spaces(extents: Mapping[Size, tuple[float, float]]) -> Iterator[Space]:
    """The spaces of servers that make pictures smaller before the model sees them, and say nothing of it.

    `extents` are, for each size sent, what the far edges seem to be called. The likelier spaces come first: known
    bounds, then odd ones near what the largest picture seems to have become.
    """
    largest = max(extents, key=lambda size: size[0] * size[1])
    width, height = extents[largest]
    if not (SMALLEST * 14 <= width <= largest[0] * 1.03 and SMALLEST * 14 <= height <= largest[1] * 1.03):
        return
    side, area = round(max(width, height)), width * height
    for bound in USUAL_TOKENS:
        yield from (Absolute(factor, max_pixels=bound * factor**2) for factor in FACTORS)
    for bound in USUAL_SIDES:
        yield from (Absolute(factor, max_side=bound) for factor in (1, *FACTORS))
    for factor in FACTORS:
        tokens = round(area / factor**2)
        yield from (
            Absolute(factor, max_pixels=bound * factor**2)
            for bound in range(max(SMALLEST, round(tokens * 0.94)), round(tokens * 1.06) + 2)
        )
        yield from (Absolute(factor, max_side=bound) for bound in range(side - factor, side + factor + 1))
    yield from (Absolute(max_side=bound) for bound in range(side - 3, side + 4))


def describe_space(space: Space) -> str:
    """`space` for a person: "pixels of the picture resized to multiples of 28"."""
    match space:
        case Relative(far):
            return f"fractions of the picture from 0 to {far:g}"
        case Absolute(1, None, None):
            return "pixels of the picture as it was sent"
    bound = f" of at most {space.max_pixels:,} pixels" if space.max_pixels else ""
    bound = f" of at most {space.max_side} pixels a side" if space.max_side else bound
    steps = f" in multiples of {space.factor}" if space.factor > 1 else ""
    if not bound:
        return f"pixels of the picture resized to multiples of {space.factor}"
    return f"pixels of a smaller picture that the server makes,{bound}{steps}"
