"""A comparison as one HTML page: every step's screenshot with the recorded and the predicted move drawn on it."""

import io
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

from agent.episode import Move, Unreadable
from agent.evaluate.metrics import Metrics
from agent.evaluate.protocols import Ask, Protocol
from agent.evaluate.regressions import Difference
from agent.evaluate.scoring import ScoredPrediction
from agent.evaluate.tables import metrics_rows, question_note
from agent.moves import describe_move
from agent.report.page import arrow, screen_points, templates
from devices import Observation

GOLD, PREDICTED = "#15803d", "#e11d48"


@dataclass(frozen=True, slots=True)
class DrawnMove:
    """A move as it is drawn on a screenshot: its points, and an arrow for a scroll."""

    title: str
    colour: str
    points: tuple[tuple[int, int], ...]
    arrow: tuple[int, int] | None


@dataclass
class ComparisonPage:
    """Written as the steps come, so that nothing of it stays in memory; whole only once closed (mode 0600).

    Each picture is in the page once, as whichever of PNG and JPEG is smaller. All text is escaped; nothing is loaded.
    """

    path: Path
    policy: str
    mode: str
    protocol: Protocol
    ask: Ask = "goal"
    _pictures: set[str] = field(default_factory=set)
    _number: int = 0

    def __post_init__(self) -> None:
        self._steps = self.path.with_name(self.path.name + ".steps")
        self._steps.touch(0o600)
        self._stream = self._steps.open("w", encoding="utf-8", errors="backslashreplace")
        self._template = templates().get_template("comparison_step.html")

    def add(self, scored: ScoredPrediction, difference: Difference | None) -> None:
        """The next step."""
        prediction, self._number = scored.prediction, self._number + 1
        seen = None if prediction.fault else prediction.seen
        name = f"p{seen.digest[:16]}" if seen else None
        moves = [_drawn_move(prediction.gold.move, GOLD)]
        if prediction.move:
            moves.append(_drawn_move(prediction.move, PREDICTED))
        self._stream.write(
            self._template.render(
                number=self._number,
                scored=scored,
                prediction=prediction,
                difference=difference,
                picture=name,
                size=prediction.gold.size,
                uri=_data_uri(seen) if seen and name not in self._pictures else None,
                moves=moves,
                areas=prediction.gold.answer.areas,
            )
        )
        if name:
            self._pictures.add(name)

    def close(self, metrics: Metrics, blind: Mapping[str, Metrics], differences: Sequence[Difference]) -> None:
        """Write the metrics, then the steps, and give the page its name."""
        self._stream.close()
        partial = self.path.with_name(self.path.name + ".part")
        partial.touch(0o600)
        template, rows = templates().get_template("comparison.html"), metrics_rows(metrics, blind)
        asked = question_note(self.protocol, self.ask)
        html = template.render(
            page=self, asked=asked, rows=rows, blind=list(blind), metrics=metrics, differences=differences
        )
        head, foot = html.split("<!-- steps -->")
        with partial.open("w", encoding="utf-8", errors="backslashreplace") as page, self._steps.open() as steps:
            page.write(head)
            while part := steps.read(1 << 20):
                page.write(part)
            page.write(foot)
        self._steps.unlink()
        partial.replace(self.path)


def _drawn_move(move: Move, colour: str) -> DrawnMove:
    title = f"{describe_move(move)}: {move.reason}" if isinstance(move, Unreadable) else describe_move(move)
    return DrawnMove(title, colour, screen_points(move), arrow(move))


def _data_uri(seen: Observation) -> str:
    jpeg = io.BytesIO()
    Image.fromarray(seen.pixels).save(jpeg, "JPEG", quality=80)
    png = seen.png
    kind, data = ("png", png) if len(png) <= jpeg.tell() else ("jpeg", jpeg.getvalue())
    return f"data:image/{kind};base64,{b64encode(data).decode()}"
