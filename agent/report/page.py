"""An episode as one HTML page that opens offline and needs no script."""

from base64 import b64encode
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from agent.episode import Finish, Move, Seconds, Step
from agent.moves import describe_decision, points_of_move
from agent.recordings.images import Missing
from agent.recordings.reader import Recording, read_recording
from devices import Observation, Scroll

PHASES = tuple(field.name for field in fields(Seconds))
ARROWS = {"up": (0, -70), "down": (0, 70), "left": (-70, 0), "right": (70, 0)}


@dataclass(frozen=True, slots=True)
class StepView:
    """One step as the template shows it: its screenshot, its move, and the points drawn on the screenshot."""

    step: Step
    picture: str | None
    title: str
    ok: bool
    points: tuple[tuple[int, int], ...]
    arrow: tuple[int, int] | None

    @property
    def phases(self) -> list[tuple[str, float]]:
        return [(phase, getattr(self.step.seconds, phase)) for phase in PHASES]


def episode_page(recording: Recording) -> str:
    """The page for `recording`: goal, ending, verdict, and every step with its picture, marks, reasons and times.

    Each picture is in the page once, however many steps show it; one that did not come with the data is named in its
    place. All text is escaped, and the page may load nothing.
    """
    episode = recording.episode
    screens = [step.seen for step in episode.steps] + ([episode.final] if episode.final else [])
    named = {name: seen for seen in screens if (name := picture_id(seen))}
    template = templates().get_template("episode.html")
    return template.render(
        recording=recording,
        episode=episode,
        pictures={name: data_uri(seen) for name, seen in named.items()},
        frames=[_step_view(step) for step in episode.steps],
        final=picture_id(episode.final) if episode.final else None,
        phases=[(phase, sum(getattr(step.seconds, phase) for step in episode.steps)) for phase in PHASES],
    )


def write_page(folder: Path, output: Path | None = None) -> Path:
    """Write the page of the recording in `folder` to `output`, by default index.html in it (0600), and name it.

    Raises `BadRecording` and `OSError`.
    """
    page = episode_page(read_recording(folder))
    path = output or folder / "index.html"
    path.touch(0o600)
    path.write_text(page, encoding="utf-8", errors="backslashreplace")
    return path


def _step_view(step: Step) -> StepView:
    move = step.decision.move
    good = not step.error and not (isinstance(move, Finish) and not move.succeeded)
    return StepView(
        step, picture_id(step.seen), describe_decision(step.decision), good, screen_points(move), arrow(move)
    )


def screen_points(move: Move) -> tuple[tuple[int, int], ...]:
    """The points of `move` on its screenshot, in order."""
    return tuple((point.x, point.y) for point in points_of_move(move))


def arrow(move: Move) -> tuple[int, int] | None:
    """The pixels from start to end of the arrow that stands for a scroll; None for any other move."""
    return ARROWS[move.direction] if isinstance(move, Scroll) else None


@cache
def templates() -> Environment:
    """The templates of this folder: text is escaped, an unknown name is an error; each is compiled once, in 40 ms."""
    environment = Environment(
        loader=PackageLoader("agent.report", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["seconds"] = _seconds
    return environment


def _seconds(value: float) -> str:
    return f"{value * 1000:.0f} ms" if value < 1 else f"{value:.1f} s"


def picture_id(seen: Observation) -> str | None:
    """The id of the screenshot of `seen` in a page; None where it is missing."""
    return None if isinstance(seen, Missing) else f"p{seen.digest[:16]}"


def data_uri(seen: Observation) -> dict[str, Any]:
    """The screenshot of `seen` as a data URI, and its size."""
    return {"uri": f"data:image/png;base64,{b64encode(seen.png).decode()}", "width": seen.width, "height": seen.height}
