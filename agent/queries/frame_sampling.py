"""Which frames of a video a model is shown, and how large, within a budget of visual tokens."""

from dataclasses import dataclass, replace

from agent.dialects.sizes import Size, Sizes
from agent.queries.media import BadMedia

FRAMES_A_SECOND = 2.0
FEWEST_FRAMES, MOST_FRAMES = 4, 768
"""Qwen-VL's bounds on the frames of one video. Source: qwen-vl-utils, vision_process.py."""
FEWEST_TOKENS, MOST_TOKENS = 16, 768
"""Visual tokens a frame: the fewest that Qwen's video cookbook uses, and the most that qwen-vl-utils allows."""
MERGED = 2
"""Frames that share their tokens: Qwen-VL's temporal patch."""


@dataclass(frozen=True, slots=True)
class FrameSampling:
    """`times`, evenly spread over a stretch of video, in seconds from its start; and the `size` of each frame."""

    times: tuple[float, ...]
    size: Size

    @property
    def spacing(self) -> float:
        """Seconds from one frame to the next."""
        return self.times[1] - self.times[0]


def sample_frames(
    size: Size, seconds: float, sizes: Sizes, budget: int, *, since: float = 0.0, fps: float = FRAMES_A_SECOND
) -> FrameSampling:
    """The frames for `seconds` of video with frames of that `size`, from `since` on.

    n = seconds * fps frames, from 4 to 768 and even, fewer where `budget` could not pay 16 tokens for each; then each
    is as large as the budget allows, at most 768 tokens. Frames cost by the pair, as the models merge them: a server
    that is sent single pictures counts twice. Source of the rule: qwen-vl-utils, with the budget as `total_pixels`.
    Raises `BadMedia` for a budget that four of the smallest frames exceed.
    """
    affordable = budget * MERGED // FEWEST_TOKENS
    if affordable < FEWEST_FRAMES:
        raise BadMedia(f"a video needs {FEWEST_FRAMES * FEWEST_TOKENS // MERGED} tokens or more; found {budget}")
    count = min(max(round(seconds * fps), FEWEST_FRAMES), MOST_FRAMES, affordable) // 2 * 2
    times = tuple(since + seconds * index / count for index in range(count))
    each = max(FEWEST_TOKENS, min(MOST_TOKENS, budget * MERGED // count))
    return FrameSampling(times, replace(sizes, min_tokens=min(sizes.min_tokens, each), max_tokens=each).fit(size))
