"""Goals as strangers say them to a phone, each with a judge of the phone's state or of the answer."""

from tests.phone_goals import impossible, moving, people, settings, telling, things, times
from tests.phone_goals.goal import Goal

GOALS: tuple[Goal, ...] = (
    settings.GOALS + people.GOALS + things.GOALS + times.GOALS + moving.GOALS + telling.GOALS + impossible.GOALS
)

NOT_YET: frozenset[str] = frozenset(
    {
        "start the stopwatch and then stop it",
        "In the browser, find out when the Fresnel lens was designed",
        "Which apps are installed?",
    }
)
"""What the embedded default does not manage yet."""
