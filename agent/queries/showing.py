"""Exhibits as parts of a message: labelled, and resized to keep to one budget of tokens."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from agent.dialects.dialect import Dialect
from agent.dialects.escape import escaped
from agent.dialects.fit import resized
from agent.dialects.sizes import Size, Sizes
from agent.models.chat import Clip, Part, Picture
from agent.queries.media import CannotSee, Exhibit, Film, Still
from agent.queries.sampling import FRAMES_A_SECOND, Sampling, sampled
from agent.queries.video import frames_at

LEAST_LEGIBLE = 256
"""Tokens that a picture is shown with at least, if it has as many: 448x448 pixels of Qwen2.5-VL's."""

Progress = Callable[[int, int], None]
"""Told how many frames of how many are decoded."""


def nobody(done: int, of: int) -> None:
    """Progress that nobody looks at."""


@dataclass(frozen=True, slots=True)
class Show:
    """What the exhibits of one question become: `fps` and `progress` are for its videos, `say` hears of gaps."""

    dialect: Dialect
    fps: float = FRAMES_A_SECOND
    progress: Progress = nobody
    say: Callable[[str], None] = lambda text: None

    def parts(self, exhibits: Sequence[Exhibit]) -> tuple[Part, ...]:
        """`exhibits` in order, each after its label unless it is the only one.

        All of them share the dialect's `max_tokens`: equally, and what small pictures leave over goes to the others. A
        video counts as one of them. Of a recording too long for that, evenly spread screens are shown; `say` hears of
        it. Raises `CannotSee` when a share would be illegible.
        """
        exhibits = self.legible(exhibits)
        parts: list[Part] = []
        for exhibit, budget in zip(exhibits, self._shares(exhibits), strict=True):
            if len(exhibits) > 1:
                parts.append(f"{escaped(exhibit.label)}:")
            parts.append(self.still(exhibit, budget) if isinstance(exhibit, Still) else self.film(exhibit, budget))
        return tuple(parts)

    def legible(self, exhibits: Sequence[Exhibit]) -> tuple[Exhibit, ...]:
        """`exhibits` without those screens of recordings for which the budget has no room."""
        screens = [each for each in exhibits if isinstance(each, Still) and each.at is not None]
        room = max(2, self.dialect.sizes.max_tokens // LEAST_LEGIBLE - (len(exhibits) - len(screens)))
        if len(screens) <= room:
            return tuple(exhibits)
        self.say(f"{room} of {len(screens)} screens are shown, evenly spread; --max-tokens has no room for more")
        kept = {id(screens[round(index * (len(screens) - 1) / (room - 1))]) for index in range(room)}
        return tuple(each for each in exhibits if not isinstance(each, Still) or each.at is None or id(each) in kept)

    def still(self, still: Still, budget: int) -> Picture:
        """`still`, resized to at most `budget` tokens."""
        return resized(still.pixels, _fit(still, replace(self.dialect.sizes, max_tokens=budget)))

    def film(self, film: Film, budget: int) -> Clip:
        """The frames of all of `film` that `budget` tokens can pay for."""
        return self.clip(film, sampled(film.size, film.seconds, self.dialect.sizes, budget, fps=self.fps))

    def clip(self, film: Film, sampling: Sampling) -> Clip:
        """The frames of `film` that `sampling` names; their times count from the first. Raises `CannotSee`."""
        frames: list[Picture] = []
        for frame in frames_at(film, sampling.times, sampling.size):
            frames.append(frame)
            self.progress(len(frames), len(sampling.times))
        if not frames:
            raise CannotSee(f"no frame of {film.path} could be decoded")
        if len(frames) < len(sampling.times):
            last = sampling.times[len(frames) - 1]
            self.say(f"{film.label} can be decoded only up to {last:.1f} s of {film.seconds:.1f} s; it may be cut off")
        start = sampling.times[0]
        return Clip(tuple(frames), tuple(time - start for time in sampling.times[: len(frames)]))

    def _shares(self, exhibits: Sequence[Exhibit]) -> list[int]:
        sizes = self.dialect.sizes
        needs = [
            sizes.tokens(_fit(exhibit, sizes)) if isinstance(exhibit, Still) else sizes.max_tokens
            for exhibit in exhibits
        ]
        shares, left = [0] * len(needs), sizes.max_tokens
        for rank, index in enumerate(sorted(range(len(needs)), key=needs.__getitem__)):
            shares[index] = min(needs[index], left // (len(needs) - rank))
            left -= shares[index]
        if any(share < min(need, LEAST_LEGIBLE) for share, need in zip(shares, needs, strict=True)):
            raise CannotSee(
                f"{len(exhibits)} pictures in {sizes.max_tokens} visual tokens would be too small to read; "
                "show fewer (--pages), or allow more (--max-tokens)"
            )
        return shares


def _fit(still: Still, sizes: Sizes) -> Size:
    try:
        return sizes.fit(still.size)
    except ValueError as error:
        raise CannotSee(f"{still.label}: {error}") from error
