"""AndroidControl as UI-S1 ships it: a JSON line per episode, gold points and candidate boxes, no pictures."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from agent.episode import Move
from agent.evaluate.gold import Area, Gold, GoldAnswer
from agent.evaluate.gold_file import Corners
from agent.evaluate.importers.imported_episode import ImportedEpisode, ImportedStep, load_screenshot
from agent.recordings.untrusted import Untrusted, lines_of, read_json, validated
from agent.validation import ForeignRecord, Many
from devices import Click, Drag, LongPress, OpenApp, Point, Press, TypeText, Wait

SIZE = (1080, 2400)
NOTE = (
    "the file does not tell the size of a screen: 1080x2400 is assumed, as by the published scripts, and a few points "
    "lie outside it. The way a finger goes is that of the two points: left and right are converted from the words of "
    "the data set the other way round than up and down."
)


class AndroidControlAction(ForeignRecord):
    """`action_content`: pixels of the phone's screen."""

    action: Literal["click", "long_press", "swipe", "type", "open", "wait", "system_button"]
    coordinate: tuple[float, float] | None = None
    coordinate2: tuple[float, float] | None = None
    text: str | None = None
    button: str | None = None
    time: float = 1.0


class CheckOptions(ForeignRecord):
    """`check_options`: boxes are left, top, right, bottom."""

    candidate_bbox: Many[Corners] = ()


class AndroidControlStep(ForeignRecord):
    action_content: AndroidControlAction
    check_options: CheckOptions
    screenshot: str
    step_instruction: str = ""


class AndroidControlEpisode(ForeignRecord):
    episode_id: int | str
    goal: str
    is_successful: bool = True
    steps: Many[AndroidControlStep]


def episodes(source: Path) -> Iterator[ImportedEpisode]:
    """The episodes in `source`, a JSONL file, one at a time; pictures are looked for beside it. Raises `Untrusted`."""
    for number, line in enumerate(lines_of(source.parent, source.name), start=1):
        if not line.strip():
            continue
        where = f"{source} line {number}"
        episode = validated(AndroidControlEpisode.model_validate, read_json(line, where), where)
        steps = tuple(_step(source.parent, step, f"{where} step {at}") for at, step in enumerate(episode.steps))
        yield ImportedEpisode(
            str(episode.episode_id),
            episode.goal,
            "androidcontrol",
            "androidcontrol-qwen",
            "phone",
            steps,
            succeeded=episode.is_successful,
            note=NOTE,
        )


def _step(folder: Path, step: AndroidControlStep, where: str) -> ImportedStep:
    picture = step.screenshot.rpartition("/")[2]
    if not picture:
        raise Untrusted(f"{where}: the screenshot has no name; found {step.screenshot[:60]!r}")
    seen = load_screenshot(folder, picture, SIZE)
    areas = tuple(Area(*corners) for corners in step.check_options.candidate_bbox)
    gold = Gold((GoldAnswer(_move(step.action_content, where), areas),), seen.size, "phone")
    raw: dict[str, Any] = step.action_content.model_dump(exclude_none=True, exclude_defaults=True)
    return ImportedStep(seen, gold, step.step_instruction, raw=json.dumps(raw))


def _move(action: AndroidControlAction, where: str) -> Move:
    match action:
        case AndroidControlAction(action="click", coordinate=(x, y)):
            return Click(Point(round(x), round(y)))
        case AndroidControlAction(action="long_press", coordinate=(x, y), time=seconds):
            return LongPress(Point(round(x), round(y)), seconds)
        case AndroidControlAction(action="swipe", coordinate=(x, y), coordinate2=(x2, y2)):
            return Drag((Point(round(x), round(y)), Point(round(x2), round(y2))))
        case AndroidControlAction(action="type", text=str(text)):
            return TypeText(text)
        case AndroidControlAction(action="open", text=str(text)):
            return OpenApp(text)
        case AndroidControlAction(action="wait", time=seconds):
            return Wait(seconds)
        case AndroidControlAction(action="system_button", button=str(button)):
            return Press((button.lower(),))
    raise Untrusted(f"{where}: {action.action} lacks its point, text or button")
