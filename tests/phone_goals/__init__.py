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
        "How many contacts are there?",
        "Look up Alan Turing's number and write it in a note",
        "Open Files and show me what's in Documents",
        "add up 19, 23 and 40 with the calculator",
        "Run the stopwatch for 2 seconds, stop it and reset it",
        "In Settings, go to Languages & input",
        "Open my notifications and tap the message from Grace Hopper",
        "Which Wi-Fi network am I connected to?",
        "tell me the android version and the model",
        "Does the phone have a screen lock?",
        "Open the bank app, sign in with the code 2468 and tell me my balance",
    }
)
"""What the embedded default does not manage yet."""
