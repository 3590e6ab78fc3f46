"""The step that stopped a rerun, as one HTML page: the recorded screen beside today's, and how they differ."""

from dataclasses import dataclass
from pathlib import Path

from agent.moves import describe_move
from agent.report.page import data_uri, templates
from agent.rerun.policy import Miss
from devices.actions import points_of


@dataclass(frozen=True, slots=True)
class MissPage:
    """The files written for a miss: two screenshots, and the page that shows both."""

    then: Path
    now: Path
    page: Path


def write_miss(miss: Miss, folder: Path) -> MissPage:
    """Write then.png, now.png and miss.html (0600) into `folder`. Raises `OSError` and `BadRecording`."""
    shown = MissPage(folder / "then.png", folder / "now.png", folder / "miss.html")
    page = (
        templates()
        .get_template("miss.html")
        .render(
            miss=miss,
            title=describe_move(miss.action),
            points=[(point.x, point.y) for point in points_of(miss.action)],
            then=data_uri(miss.then),
            now=data_uri(miss.now),
        )
    )
    contents = ((shown.then, miss.then.png), (shown.now, miss.now.png), (shown.page, page.encode("utf-8", "replace")))
    for path, data in contents:
        path.touch(0o600)
        path.write_bytes(data)
    return shown
