"""AndroidControl as UI-S1 ships it: a JSON line per episode, gold points and candidate boxes, no pictures."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from agent.episode import Move
from agent.evaluate.gold import Answer, Area, Gold
from agent.evaluate.importers.imported import Foreign, Imported, ImportedStep, Many, checked, look
from agent.recordings.untrusted import Untrusted, lines_of, read_json
from devices import Click, Drag, LongPress, OpenApp, Point, Press, TypeText, Wait

SIZE = (1080, 2400)
NOTE = (
    "the file does not tell the size of a screen: 1080x2400 is assumed, as by the published scripts, and a few points "
    "lie outside it. The way a finger goes is that of the two points: left and right are converted from the words of "
    "the data set the other way round than up and down."
)
Corners = tuple[float, float, float, float]


class Action(Foreign):
    """`action_content`: pixels of the phone's screen."""

    action: Literal["click", "long_press", "swipe", "type", "open", "wait", "system_button"]
    coordinate: tuple[float, float] | None = None
    coordinate2: tuple[float, float] | None = None
    text: str | None = None
    button: str | None = None
    time: float = 1.0


class Check(Foreign):
    """`check_options`: boxes are left, top, right, bottom."""

    candidate_bbox: Many[Corners] = ()


class StepOfControl(Foreign):
    action_content: Action
    check_options: Check
    screenshot: str
    step_instruction: str = ""


class EpisodeOfControl(Foreign):
    episode_id: int | str
    goal: str
    is_successful: bool = True
    steps: Many[StepOfControl]


def episodes(source: Path) -> Iterator[Imported]:
    """The episodes in `source`, a JSONL file, one at a time; pictures are looked for beside it. Raises `Untrusted`."""
    for number, line in enumerate(lines_of(source.parent, source.name), start=1):
        if not line.strip():
            continue
        where = f"{source} line {number}"
        found = checked(EpisodeOfControl.model_validate, read_json(line, where), where)
        steps = tuple(_step(source.parent, step, f"{where} step {at}") for at, step in enumerate(found.steps))
        yield Imported(
            str(found.episode_id),
            found.goal,
            "androidcontrol",
            "androidcontrol-qwen",
            "phone",
            steps,
            succeeded=found.is_successful,
            note=NOTE,
        )


def _step(folder: Path, step: StepOfControl, where: str) -> ImportedStep:
    picture = step.screenshot.rpartition("/")[2]
    if not picture:
        raise Untrusted(f"{where}: the screenshot has no name; found {step.screenshot[:60]!r}")
    seen = look(folder, picture, SIZE)
    areas = tuple(Area(*corners) for corners in step.check_options.candidate_bbox)
    gold = Gold((Answer(_move(step.action_content, where), areas),), seen.size, "phone")
    raw: dict[str, Any] = step.action_content.model_dump(exclude_none=True, exclude_defaults=True)
    return ImportedStep(seen, gold, step.step_instruction, raw=json.dumps(raw))


def _move(action: Action, where: str) -> Move:
    match action:
        case Action(action="click", coordinate=(x, y)):
            return Click(Point(round(x), round(y)))
        case Action(action="long_press", coordinate=(x, y), time=seconds):
            return LongPress(Point(round(x), round(y)), seconds)
        case Action(action="swipe", coordinate=(x, y), coordinate2=(x2, y2)):
            return Drag((Point(round(x), round(y)), Point(round(x2), round(y2))))
        case Action(action="type", text=str(text)):
            return TypeText(text)
        case Action(action="open", text=str(text)):
            return OpenApp(text)
        case Action(action="wait", time=seconds):
            return Wait(seconds)
        case Action(action="system_button", button=str(button)):
            return Press((button.lower(),))
    raise Untrusted(f"{where}: {action.action} lacks its point, text or button")
