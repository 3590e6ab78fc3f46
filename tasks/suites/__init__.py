"""Suites of tasks: data, a little setup, and for each task moves that are known to solve it."""

from tasks.suite import Suite

NAMES = ("toy", "desktop", "android", "miniwob")


def suite_named(name: str) -> Suite:
    """The suite of that name. Raises `ValueError` that lists them for an unknown one."""
    match name:
        case "toy":
            from tasks.suites.toy import SUITE as TOY

            return TOY
        case "desktop":
            from tasks.suites.desktop.environment import SUITE as DESKTOP

            return DESKTOP
        case "android":
            from tasks.suites.android.environment import SUITE as ANDROID

            return ANDROID
        case "miniwob":
            from tasks.suites.miniwob import SUITE as MINIWOB

            return MINIWOB
    raise ValueError(f"no suite is called {name!r}; there are {', '.join(NAMES)}")
