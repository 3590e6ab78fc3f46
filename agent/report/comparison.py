"""A comparison as one HTML page: every step with what was right and what was predicted drawn on its picture."""

import io
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from agent.episode import Finish, Move, Unreadable
from agent.evaluate.metrics import Tally
from agent.evaluate.protocols import Protocol
from agent.evaluate.scoring import Scored
from agent.report.page import ARROWS, environment, title_of
from devices import Observation, Scroll
from devices.actions import points_of

if TYPE_CHECKING:
    from agent.evaluate.regressions import Difference

GOLD, PREDICTED = "#15803d", "#e11d48"


@dataclass(frozen=True, slots=True)
class Marks:
    """A move as it is drawn: its points, and an arrow for a scroll."""

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
    _drawn: set[str] = field(default_factory=set)
    _number: int = 0

    def __post_init__(self) -> None:
        self._steps = self.path.with_name(self.path.name + ".steps")
        self._steps.touch(0o600)
        self._stream = self._steps.open("w", encoding="utf-8", errors="backslashreplace")
        self._template = environment().get_template("comparison_step.html")

    def add(self, scored: Scored, difference: "Difference | None") -> None:
        """The next step."""
        asked, self._number = scored.prediction, self._number + 1
        seen = None if asked.fault else asked.seen
        name = f"p{seen.digest[:16]}" if seen else None
        moves = [_marks(asked.gold.move, GOLD)] + ([_marks(asked.move, PREDICTED)] if asked.move else [])
        self._stream.write(
            self._template.render(
                number=self._number,
                scored=scored,
                asked=asked,
                difference=difference,
                picture=name,
                size=asked.gold.size,
                uri=_data_uri(seen) if seen and name not in self._drawn else None,
                moves=moves,
                areas=asked.gold.answer.areas,
            )
        )
        if name:
            self._drawn.add(name)

    def close(self, tally: Tally, blind: Mapping[str, Tally], differences: "Sequence[Difference]") -> None:
        """Write what it all came to, then the steps, and give the page its name."""
        self._stream.close()
        partial = self.path.with_name(self.path.name + ".part")
        partial.touch(0o600)
        head, foot = (
            environment()
            .get_template("comparison.html")
            .render(page=self, rows=_rows(tally, blind), blind=list(blind), tally=tally, differences=differences)
            .split("<!-- steps -->")
        )
        with partial.open("w", encoding="utf-8", errors="backslashreplace") as page, self._steps.open() as steps:
            page.write(head)
            while part := steps.read(1 << 20):
                page.write(part)
            page.write(foot)
        self._steps.unlink()
        partial.replace(self.path)


def _rows(tally: Tally, blind: Mapping[str, Tally]) -> list[tuple[str, list[str]]]:
    every = [tally, *blind.values()]
    shares = {
        "exact match": [each.right.share for each in every],
        "type accuracy": [each.type_accuracy.share for each in every],
        "grounding": [each.grounding.share for each in every],
        "goal progress": [each.goal_progress for each in every],
        "task success": [each.success.share for each in every],
    }
    for kind in tally.by_kind:
        shares[f"only {kind}"] = [each.by_kind[kind].share if kind in each.by_kind else None for each in every]
    rows = [(name, [_per_cent(share) for share in found]) for name, found in shares.items()]
    whole = {"exact match": tally.right, "type accuracy": tally.type_accuracy, "grounding": tally.grounding}
    whole |= {"task success": tally.success} | {f"only {kind}": rate for kind, rate in tally.by_kind.items()}
    return [(name, [str(whole[name]) if name in whole else told[0], *told[1:]]) for name, told in rows]


def _per_cent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.1f} %"


def _marks(move: Move, colour: str) -> Marks:
    points: tuple[tuple[int, int], ...] = ()
    if not isinstance(move, Finish | Unreadable):
        points = tuple((point.x, point.y) for point in points_of(move))
    said = f"{title_of(move)}: {move.reason}" if isinstance(move, Unreadable) else title_of(move)
    return Marks(said, colour, points, ARROWS[move.direction] if isinstance(move, Scroll) else None)


def _data_uri(seen: Observation) -> str:
    jpeg = io.BytesIO()
    Image.fromarray(seen.pixels).save(jpeg, "JPEG", quality=80)
    png = seen.png
    kind, data = ("png", png) if len(png) <= jpeg.tell() else ("jpeg", jpeg.getvalue())
    return f"data:image/{kind};base64,{b64encode(data).decode()}"
