"""Where the `miniwob` package keeps its pages; nothing of its code is imported."""

from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from devices import DeviceLost


def pages() -> Path:
    """The folder of the pages, each `TASK.html`. Raises `DeviceLost` when the package is not installed."""
    found = find_spec("miniwob")  # a top-level package is found without being run
    places = found.submodule_search_locations if found else None
    if not places:
        raise DeviceLost(
            "MiniWoB++'s pages come with the package miniwob, which is not installed: pip install 'screenhand[miniwob]'"
        )
    return Path(places[0]) / "html" / "miniwob"


def package_version() -> str:
    """The version of the installed package, such as "1.1.0"."""
    return version("miniwob")
