"""How long each step of a recording is shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from agent.episode import Episode, Step

SHORTEST, LONGEST = 1.2, 4.0
"""Bounds of the seconds that a step is shown: time to see what was done, and no longer than one wants to wait."""
UNTIMED = 2.0
"""Seconds for a step of which the recording does not say when it was."""


@dataclass(frozen=True, slots=True)
class PlaybackSpeed:
    """`factor` times as fast as recorded; with `seconds_per_step` each step is shown that long, whatever it took."""

    factor: float = 1.0
    seconds_per_step: float | None = None

    def step_seconds(self, episode: Episode) -> Sequence[float]:
        """Seconds to show each step of `episode`: from its look to the next, pauses and hurries evened out."""
        if self.seconds_per_step is not None:
            return [self.seconds_per_step] * len(episode.steps)
        looks = [step.seen.at for step in episode.steps] + [episode.final.at if episode.final else 0.0]
        took = (_duration(step, looks[place + 1] - looks[place]) for place, step in enumerate(episode.steps))
        return [min(max(seconds, SHORTEST), LONGEST) / self.factor for seconds in took]


def _duration(step: Step, between: float) -> float:
    """Seconds that `step` took: `between` its screenshot and the next where both are timed, else its own total."""
    if step.seen.at > 0 and between > 0:
        return between
    return step.seconds.total or UNTIMED
