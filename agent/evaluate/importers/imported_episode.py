"""An episode of a foreign data set, and how it is written as a recording of ours."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from agent.episode import Decision, Ending, Episode, Finish, Seconds, Step
from agent.evaluate.gold import Gold
from agent.evaluate.gold_file import GoldHeader, write_gold
from agent.recordings.format import Verdict
from agent.recordings.images import Missing, Stored
from agent.recordings.untrusted import Untrusted, picture_pixels, picture_size
from agent.recordings.writer import Recorder
from devices import Element, Observation
from devices.device import Surface


@dataclass(frozen=True, slots=True)
class ImportedStep:
    """What was seen and what was right; `instruction`, `thought` and `raw` as the data set has them."""

    seen: Observation
    gold: Gold
    instruction: str = ""
    thought: str = ""
    raw: str = ""


@dataclass(frozen=True, slots=True)
class ImportedEpisode:
    """One episode: `name` is its id in the data set, `protocol` the rule that the data set is scored by."""

    name: str
    goal: str
    dataset: str
    protocol: str
    surface: Surface
    steps: tuple[ImportedStep, ...]
    final: Observation | None = None
    succeeded: bool = True
    verdict: tuple[Verdict, str] | None = None
    note: str = ""
    device: str = field(default="", kw_only=True)

    @property
    def episode(self) -> Episode:
        """The same as an episode of ours. Times, changes and costs are not known, so they are empty."""
        steps = tuple(
            Step(index, each.seen, _decision(each), "", None, Seconds()) for index, each in enumerate(self.steps)
        )
        move = steps[-1].decision.move if steps else None
        done = move.succeeded if isinstance(move, Finish) else self.succeeded
        reason = "" if isinstance(move, Finish) else "the data set's episode ends here, without a finishing move"
        return Episode(self.goal, steps, Ending.FINISHED if done else Ending.GAVE_UP, reason, self.final)


def write_recording(imported: ImportedEpisode, parent: Path) -> Path:
    """Write `imported` as a recording into a new folder in `parent`, and name it.

    Raises `RecordingFailed`, `Untrusted` for a picture that is not valid, and `OSError`.
    """
    episode, folder = imported.episode, parent / _folder_name(imported.name)
    device = imported.device or {"phone": "android", "computer": "desktop"}[imported.surface]
    recorder = Recorder(
        folder, episode.goal, device=device, agent=imported.dataset, recorded_by=f"import:{imported.dataset}"
    )
    for step in episode.steps:
        recorder.intend(step.index, step.seen, step.decision)
        recorder.record(step)
    recorder.close(episode)
    if imported.verdict:
        recorder.judge(episode, *imported.verdict)
    header = GoldHeader(
        dataset=imported.dataset, protocol=imported.protocol, surface=imported.surface, note=imported.note
    )
    write_gold(folder, header, [each.gold for each in imported.steps])
    return folder


def load_screenshot(
    folder: Path, name: str, size: tuple[int, int] | None = None, elements: tuple[Element, ...] = ()
) -> Observation:
    """The picture `name` in `folder` as an observation, read when its pixels are asked for.

    Without the file, it is `Missing`, which needs a `size` (width, height) from elsewhere. Raises `Untrusted`.
    """
    if not (folder / name).exists() and not (folder / name).is_symlink():
        if size is None:
            raise Untrusted(f"there is no picture {folder / name}, and its size stands nowhere else")
        return Missing(name, size, elements=elements)
    return Stored(partial(picture_pixels, folder, name), picture_size(folder, name), elements=elements)


def json_files(source: Path) -> Sequence[Path]:
    """`source` itself if it is a file, else the JSON files in it. Raises `Untrusted` when there are none."""
    files = sorted(source.glob("*.json")) if source.is_dir() else [source]
    if not files:
        raise Untrusted(f"there is no .json file in {source}")
    return files


def _decision(step: ImportedStep) -> Decision:
    return Decision(step.gold.move, step.instruction, step.thought, step.raw)


def _folder_name(name: str) -> str:
    """A folder name that cannot lead anywhere else."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip(".-")[:100] or "episode"
