"""How long each step of a recording is shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from agent.episode import Episode, Step

SHORTEST, LONGEST = 1.2, 4.0
"""Seconds: below the first nobody sees what was done, beyond the second nobody waits."""
UNTIMED = 2.0
"""Seconds for a step of which the recording does not say when it was."""


@dataclass(frozen=True, slots=True)
class Pace:
    """`speed` times as fast as it was; with `each`, all steps are shown that many seconds, whatever they took."""

    speed: float = 1.0
    each: float | None = None

    def seconds_of(self, episode: Episode) -> Sequence[float]:
        """Seconds to show each step of `episode`: from its look to the next, pauses and hurries evened out."""
        if self.each is not None:
            return [self.each] * len(episode.steps)
        looks = [step.seen.at for step in episode.steps] + [episode.final.at if episode.final else 0.0]
        took = (_took(step, looks[place + 1] - looks[place]) for place, step in enumerate(episode.steps))
        return [min(max(seconds, SHORTEST), LONGEST) / self.speed for seconds in took]


def _took(step: Step, between: float) -> float:
    """What `step` took: the time `between` two looks where both are told, else what its own clock says."""
    if step.seen.at > 0 and between > 0:
        return between
    return step.seconds.total or UNTIMED
