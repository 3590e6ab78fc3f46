"""Media as parts of a message: labelled, and resized to share one budget of visual tokens."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from agent.dialects.dialect import Dialect
from agent.dialects.escape import escaped
from agent.dialects.fit import resized
from agent.dialects.sizes import Size, Sizes
from agent.models.chat import Clip, Part, Picture
from agent.queries.frame_sampling import FRAMES_A_SECOND, FrameSampling, sample_frames
from agent.queries.media import BadMedia, Media, Still, Video
from agent.queries.video_file import frames_at

LEAST_LEGIBLE = 256
"""Tokens that a picture is shown with at least, if it has as many: 448x448 pixels of Qwen2.5-VL's."""

Progress = Callable[[int, int], None]
"""Called with the number of frames decoded, and of how many."""


def no_progress(done: int, of: int) -> None:
    """Progress that is not shown."""


@dataclass(frozen=True, slots=True)
class MediaEncoder:
    """Turns the media of one question into message parts; `fps` and `progress` are for videos, `say` gets warnings."""

    dialect: Dialect
    fps: float = FRAMES_A_SECOND
    progress: Progress = no_progress
    say: Callable[[str], None] = lambda text: None

    def parts(self, media: Sequence[Media]) -> tuple[Part, ...]:
        """`media` in order, each after its label unless it is the only one.

        All of them share the dialect's `max_tokens`: equally, and what small pictures leave over goes to the others. A
        video counts as one of them. Of a recording too long for that, evenly spread screens are shown, which `say`
        is told. Raises `BadMedia` when a share would be illegible.
        """
        media = self._legible(media)
        parts: list[Part] = []
        for each, budget in zip(media, self._shares(media), strict=True):
            if len(media) > 1:
                parts.append(f"{escaped(each.label)}:")
            parts.append(self._picture(each, budget) if isinstance(each, Still) else self._video(each, budget))
        return tuple(parts)

    def _legible(self, media: Sequence[Media]) -> tuple[Media, ...]:
        """`media` without those screens of recordings for which the budget has no room."""
        screens = [each for each in media if isinstance(each, Still) and each.at is not None]
        room = max(2, self.dialect.sizes.max_tokens // LEAST_LEGIBLE - (len(media) - len(screens)))
        if len(screens) <= room:
            return tuple(media)
        self.say(f"{room} of {len(screens)} screens are shown, evenly spread; --max-tokens has no room for more")
        kept = {id(screens[round(index * (len(screens) - 1) / (room - 1))]) for index in range(room)}
        return tuple(each for each in media if not isinstance(each, Still) or each.at is None or id(each) in kept)

    def _picture(self, still: Still, budget: int) -> Picture:
        """`still`, resized to at most `budget` tokens."""
        return resized(still.pixels, _fit(still, replace(self.dialect.sizes, max_tokens=budget)))

    def _video(self, video: Video, budget: int) -> Clip:
        """The frames of all of `video` that `budget` tokens can pay for."""
        return self.clip(video, sample_frames(video.size, video.seconds, self.dialect.sizes, budget, fps=self.fps))

    def clip(self, video: Video, sampling: FrameSampling) -> Clip:
        """The frames of `video` that `sampling` names; their times count from the first. Raises `BadMedia`."""
        frames: list[Picture] = []
        for frame in frames_at(video, sampling.times, sampling.size):
            frames.append(frame)
            self.progress(len(frames), len(sampling.times))
        if not frames:
            raise BadMedia(f"no frame of {video.path} could be decoded")
        if len(frames) < len(sampling.times):
            last = sampling.times[len(frames) - 1]
            self.say(
                f"{video.label} can be decoded only up to {last:.1f} s of {video.seconds:.1f} s; it may be cut off"
            )
        start = sampling.times[0]
        return Clip(tuple(frames), tuple(time - start for time in sampling.times[: len(frames)]))

    def _shares(self, media: Sequence[Media]) -> list[int]:
        """The tokens of each of `media`: an equal share, and what small pictures leave over goes to the others."""
        sizes = self.dialect.sizes
        needs = [sizes.tokens(_fit(each, sizes)) if isinstance(each, Still) else sizes.max_tokens for each in media]
        shares, left = [0] * len(needs), sizes.max_tokens
        for rank, index in enumerate(sorted(range(len(needs)), key=needs.__getitem__)):
            shares[index] = min(needs[index], left // (len(needs) - rank))
            left -= shares[index]
        if any(share < min(need, LEAST_LEGIBLE) for share, need in zip(shares, needs, strict=True)):
            raise BadMedia(
                f"{len(media)} pictures in {sizes.max_tokens} visual tokens would be too small to read; "
                "show fewer (--pages), or allow more (--max-tokens)"
            )
        return shares


def _fit(still: Still, sizes: Sizes) -> Size:
    try:
        return sizes.fit(still.size)
    except ValueError as error:
        raise BadMedia(f"{still.label}: {error}") from error
