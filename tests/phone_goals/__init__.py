"""Goals as strangers say them to a phone, each with a judge of the phone's state or of the answer."""

from tests.phone_goals import impossible, moving, people, settings, telling, things, times
from tests.phone_goals.goal import Goal

GOALS: tuple[Goal, ...] = (
    settings.GOALS + people.GOALS + things.GOALS + times.GOALS + moving.GOALS + telling.GOALS + impossible.GOALS
)
