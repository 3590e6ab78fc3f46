"""How large a picture a model family is shown: whole patches, within a budget of visual tokens."""

import math
from dataclasses import dataclass

Size = tuple[int, int]
"""(width, height) in pixels."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """A family's picture size: patches of `factor` pixels a side, and how many visual tokens a picture may cost.

    A patch costs `patch_tokens`: 1, or 256 where patches are whole tiles, and more than one come with a thumbnail.
    With `max_side`, the most pixels of the longer side, a picture needs no whole patches: it is left as it is, or made
    smaller in proportion until it keeps both bounds, as hosted APIs want it that refuse what is larger.
    Raises `ValueError` for bounds that no picture can keep.
    """

    factor: int = 28
    min_tokens: int = 4
    max_tokens: int = 16384
    patch_tokens: int = 1
    max_side: int | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.min_tokens <= self.max_tokens or self.max_tokens < 4 * self.patch_tokens:
            raise ValueError(
                f"a picture's tokens need bounds of at least {4 * self.patch_tokens} above, and of 1 to that below; "
                f"found {self.min_tokens} to {self.max_tokens}"
            )

    def fit(self, screen: Size) -> Size:
        """The size that a screenshot of size `screen` is resized to: whole patches, within the budget."""
        if self.max_side is not None:
            return self._within(screen, self.max_side)
        patch = self.factor**2
        least, most = self.min_tokens // self.patch_tokens, self.max_tokens // self.patch_tokens
        return smart_resize(screen, self.factor, max(1, least) * patch, most * patch)

    def tokens(self, picture: Size) -> int:
        """What a picture of that size costs, without the two tokens around it."""
        if self.max_side is not None:  # a patch that is cut off costs a whole one
            return math.prod(math.ceil(side / self.factor) for side in picture) * self.patch_tokens
        patches = (picture[0] // self.factor) * (picture[1] // self.factor)
        return (patches + (self.patch_tokens > 1 < patches)) * self.patch_tokens

    def _within(self, screen: Size, longest: int) -> Size:
        """The largest size of the proportions of `screen` that keeps both bounds."""
        for long in range(min(longest, max(screen)), 0, -1):
            scale = long / max(screen)
            picture = max(1, round(screen[0] * scale)), max(1, round(screen[1] * scale))
            if self.tokens(picture) <= self.max_tokens:
                return picture
        return 1, 1


def smart_resize(size: Size, factor: int, min_pixels: int, max_pixels: int) -> Size:
    """Qwen-VL's `smart_resize`, operation for operation: rounding half to even is part of its definition.

    Raises `ValueError` for sides below one pixel or more than 200 times apart.
    Source: transformers, models/qwen2_vl/image_processing_qwen2_vl.py.
    """
    width, height = size
    if min(size) < 1 or max(size) / min(size) > 200:
        raise ValueError(f"a picture needs sides of at least 1 pixel and at most 200:1; found {width}x{height}")
    fitted_h, fitted_w = round(height / factor) * factor, round(width / factor) * factor
    if fitted_h * fitted_w > max_pixels:
        beta = math.sqrt((height * width) / max_pixels)
        fitted_h = max(factor, math.floor(height / beta / factor) * factor)
        fitted_w = max(factor, math.floor(width / beta / factor) * factor)
    elif fitted_h * fitted_w < min_pixels:
        beta = math.sqrt(min_pixels / (height * width))
        fitted_h = math.ceil(height * beta / factor) * factor
        fitted_w = math.ceil(width * beta / factor) * factor
    return fitted_w, fitted_h
