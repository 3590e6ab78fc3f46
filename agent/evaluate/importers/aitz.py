"""Android in the Zoo: a JSON list of steps per episode, beside its screenshots."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from pydantic import TypeAdapter

from agent.episode import Finish, Move
from agent.evaluate.gold import Gold, GoldAnswer
from agent.evaluate.importers.imported_episode import ImportedEpisode, ImportedStep, load_screenshot
from agent.recordings.untrusted import Untrusted, read_bytes, read_json, validated
from agent.validation import ForeignRecord, Many
from devices import Box, Click, Drag, Element, Point, Press, TypeText

TAP = 0.04
"""A touch that is lifted within this share of the screen is a tap (android_in_the_wild/action_matching.py)."""

TYPE, DUAL_POINT, BACK, HOME, ENTER, COMPLETE, IMPOSSIBLE = 3, 4, 5, 6, 7, 10, 11
KEYS = {BACK: "back", HOME: "home", ENTER: "enter"}


class AitzStep(ForeignRecord):
    episode_id: str
    instruction: str
    result_action_type: int
    result_action_text: str
    result_touch_yx: str
    result_lift_yx: str
    ui_positions: str
    ui_text: str
    ui_types: str
    image_path: str
    coat_action_think: str = ""
    coat_action_desc: str = ""


STEPS = TypeAdapter(Many[AitzStep])
BOXES = TypeAdapter(Many[tuple[int, int, int, int]])
TEXTS = TypeAdapter(Many[str])
PAIR = TypeAdapter(tuple[float, float])


def episodes(source: Path) -> Iterator[ImportedEpisode]:
    """The episodes in `source`: a file, a folder of one episode, or a folder of such folders. Raises `Untrusted`."""
    files = [source] if source.is_file() else sorted(source.rglob("*.json"))
    if not files:
        raise Untrusted(f"there is no .json file in {source}")
    for file in files:
        yield _episode(file)


def _episode(file: Path) -> ImportedEpisode:
    document = read_json(read_bytes(file.parent, file.name), str(file))
    steps = validated(STEPS.validate_python, document, str(file))
    if not steps:
        raise Untrusted(f"{file} holds no step")
    return ImportedEpisode(
        steps[0].episode_id,
        steps[0].instruction,
        "aitz",
        "aitz",
        "phone",
        tuple(_step(file, index, step) for index, step in enumerate(steps)),
    )


def _step(file: Path, index: int, step: AitzStep) -> ImportedStep:
    where = f"{file} step {index}"
    seen = load_screenshot(file.parent, PurePosixPath(step.image_path).name, elements=_elements(step, where))
    move = _move(step, seen.size, where)
    return ImportedStep(
        seen,
        Gold((GoldAnswer(move),), seen.size, "phone", seen.elements),
        step.coat_action_desc,
        step.coat_action_think,
        f"{step.result_action_type} {step.result_touch_yx} {step.result_lift_yx} {step.result_action_text}",
    )


def _elements(step: AitzStep, where: str) -> tuple[Element, ...]:
    """What AITZ knows to be on the screen. Its boxes are top, left, height, width, in pixels of the stored picture."""
    boxes = validated(BOXES.validate_json, step.ui_positions, f"{where} ui_positions")
    texts = validated(TEXTS.validate_json, step.ui_text, f"{where} ui_text")
    kinds = validated(TEXTS.validate_json, step.ui_types, f"{where} ui_types")
    if not len(boxes) == len(texts) == len(kinds):
        raise Untrusted(f"{where}: {len(boxes)} ui_positions, {len(texts)} ui_text and {len(kinds)} ui_types")
    return tuple(
        Element(kind, text, Box(left, top, left + width, top + height))
        for (top, left, height, width), text, kind in zip(boxes, texts, kinds, strict=True)
    )


def _move(step: AitzStep, size: tuple[int, int], where: str) -> Move:
    match step.result_action_type:
        case 3:
            return TypeText(step.result_action_text)
        case 4:
            touch, lift = (_point(pair, size, where) for pair in (step.result_touch_yx, step.result_lift_yx))
            away = ((touch.x - lift.x) / size[0]) ** 2 + ((touch.y - lift.y) / size[1]) ** 2
            return Click(touch) if away**0.5 <= TAP else Drag((touch, lift))
        case 5 | 6 | 7 as key:
            return Press((KEYS[key],))
        case 10 | 11 as end:
            return Finish(end == COMPLETE)
    raise Untrusted(
        f"{where}: result_action_type must be one of 3, 4, 5, 6, 7, 10, 11; found {step.result_action_type}"
    )


def _point(pair: str, size: tuple[int, int], where: str) -> Point:
    """AITW's points are (y, x), each a share of the screen."""
    y, x = validated(PAIR.validate_json, pair, where)
    if not (0 <= x <= 1 and 0 <= y <= 1):
        raise Untrusted(f"{where}: a touch is two shares of the screen, from 0 to 1; found {pair[:60]}")
    return Point(min(int(x * size[0]), size[0] - 1), min(int(y * size[1]), size[1] - 1))
