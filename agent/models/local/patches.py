"""Pictures and clips as the patches that the vision tower takes."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from agent.models.chat import Clip, ModelFailed, Picture

PATCH, MERGE, PAIR = 14, 2, 2
"""Pixels a patch, patches a token on each side, and frames a patch; the same in every released Qwen2(.5)-VL."""

MEAN = np.array([0.48145466, 0.4578275, 0.40821073], np.float32)
STD = np.array([0.26862954, 0.26130258, 0.27577711], np.float32)
"""OPENAI_CLIP_MEAN and OPENAI_CLIP_STD of transformers' image_utils."""

Grid = tuple[int, int, int]
"""Pairs of frames, rows of patches, columns of patches."""


def patches(shown: Picture | Clip) -> NDArray[np.float32]:
    """float32 of shape (rows, 3 * 2 * 14 * 14): the patches, those of one token side by side.

    Equal to `Qwen2VLImageProcessorPil` (and `Qwen2VLVideoProcessor`) of transformers on a picture that already has the
    right size. A picture is a pair of equal frames; where the frames are odd in number the last one is repeated.
    """
    time, rows, columns = grid_of(shown)
    frames = shown.frames if isinstance(shown, Clip) else (shown,)
    padded = frames + frames[-1:] * (time * PAIR - len(frames))
    values = np.arange(256, dtype=np.float32)[:, None] * np.float32(1 / 255)
    table = ((values - MEAN) / STD).astype(np.float32)
    stacked = np.stack([_channels(frame, table) for frame in padded])
    cut = stacked.reshape(time, PAIR, 3, rows // MERGE, MERGE, PATCH, columns // MERGE, MERGE, PATCH)
    return cut.transpose(0, 3, 6, 4, 7, 2, 1, 5, 8).reshape(time * rows * columns, 3 * PAIR * PATCH * PATCH)


def grid_of(shown: Picture | Clip) -> Grid:
    """How many patches `shown` has along time, height and width.

    Raises `ModelFailed` for a size that is no multiple of 28: the dialect owns the resizing, and doing it twice would
    move every click.
    """
    frames: Sequence[Picture] = shown.frames if isinstance(shown, Clip) else (shown,)
    width, height = frames[0].size
    side = PATCH * MERGE
    if width % side or height % side or not width or not height:
        raise ModelFailed(
            f"a picture for this model has sides of whole multiples of {side} pixels; found {width}x{height}"
        )
    return -(-len(frames) // PAIR), height // PATCH, width // PATCH


def seconds_per_pair(clip: Clip) -> float:
    """The seconds from one pair of frames to the next: `second_per_grid_ts` of transformers' Qwen2_5_VLProcessor.

    It is the temporal patch size divided by the frames a second that were really taken.
    """
    if len(clip.times) < 2:
        return 1.0
    return PAIR * (clip.times[-1] - clip.times[0]) / (len(clip.times) - 1)


def _channels(frame: Picture, table: NDArray[np.float32]) -> NDArray[np.float32]:
    """float32 of shape (3, height, width), looked up: there are only 256 values a channel."""
    return np.stack([table[frame.pixels[..., channel], channel] for channel in range(3)])
