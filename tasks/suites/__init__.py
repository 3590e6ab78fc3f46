"""Suites of tasks: data, a little setup, and for each task moves that are known to solve it."""

from importlib import import_module

from tasks.suite import Suite

NAMES = ("toy", "desktop", "android", "miniwob")


def suite_named(name: str) -> Suite:
    """The suite of that name. Raises `ValueError` for an unknown one, or one whose packages are not installed."""
    match name:
        case "toy":
            from tasks.suites.toy import SUITE as TOY

            return TOY
        case "desktop":
            from tasks.suites.desktop.ground import SUITE as DESKTOP

            return DESKTOP
        case "android":
            from tasks.suites.android.ground import SUITE as ANDROID

            return ANDROID
        case "miniwob":
            try:
                suite: Suite = import_module("tasks.suites.miniwob").SUITE
            except ModuleNotFoundError as error:
                raise ValueError(
                    f"the suite miniwob needs {error.name}: pip install -c constraints.txt 'screenhand[miniwob]'"
                ) from error
            return suite
    raise ValueError(f"no suite is called {name!r}; there are {', '.join(NAMES)}")
