"""OSWorld's traces: traj.jsonl and a picture after each action, which is the picture before the next one."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from agent.dialects.pyautogui_code import BUTTONS
from agent.episode import Finish, Move
from agent.evaluate.gold import Gold, GoldAnswer
from agent.evaluate.gold_file import move_from
from agent.evaluate.importers.imported_episode import ImportedEpisode, ImportedStep, load_screenshot
from agent.evaluate.importers.pyautogui_moves import moves_in
from agent.evaluate.protocols.move_features import first_point
from agent.recordings.format import Verdict
from agent.recordings.images import Missing
from agent.recordings.untrusted import Untrusted, lines_of, read_bytes, read_json, validated
from agent.validation import ForeignRecord
from devices import Click, Drag, MoveTo, Observation, Point, Press, Scroll, TypeText, Wait

SIZE = (1920, 1080)
"""OSWorld's screen, where no picture tells."""

FIRST = ("step_0.png", "step_0_pre.png", "initial.png")
"""What forks call the picture before the first action; upstream does not keep one."""

NOTE = "OSWorld keeps the picture after an action: each stands before the next one here, and the first is missing"


class OSWorldLine(ForeignRecord):
    """One action. `action` is pyautogui code, or an object of its own computer_13 vocabulary."""

    action: str | dict[str, Any]
    screenshot_file: str = ""
    response: str = ""


class OSWorldTask(ForeignRecord):
    instruction: str


def episodes(source: Path) -> Iterator[ImportedEpisode]:
    """The traces in `source`: a folder with a traj.jsonl, or a folder of such folders.

    Raises `Untrusted` and `BadRecording`.
    """
    traces = sorted(each.parent for each in source.rglob("traj.jsonl"))
    if not traces:
        raise Untrusted(f"there is no traj.jsonl in {source}")
    for folder in traces:
        yield _episode(folder)


def _episode(folder: Path) -> ImportedEpisode:
    path = folder / "traj.jsonl"
    lines = [
        validated(OSWorldLine.model_validate, read_json(line, f"{path} line {at}"), f"{path} line {at}")
        for at, line in enumerate(lines_of(folder, "traj.jsonl"), start=1)
        if line.strip()
    ]
    names = [line.screenshot_file or f"step_{at}.png" for at, line in enumerate(lines, start=1)]
    after = [load_screenshot(folder, name, SIZE) for name in names]
    size = after[0].size if after else SIZE
    first = next((name for name in FIRST if (folder / name).exists()), FIRST[0])
    seen: Observation = load_screenshot(folder, first, size)
    steps: list[ImportedStep] = []
    for at, (line, next_seen) in enumerate(zip(lines, after, strict=True)):
        where = f"{path} line {at + 1}"
        if isinstance(line.action, str):
            moves = moves_in(line.action, seen.size, where)
        else:
            pointer = next((each for each in map(_end, reversed(steps)) if each), None)
            moves = [_from_computer_13(line.action, pointer, where)]
        for move in moves:
            gold = Gold((GoldAnswer(move),), seen.size)
            steps.append(ImportedStep(seen, gold, raw=str(line.response or line.action)))
        seen = next_seen
    last = steps[-1].gold.move if steps else None
    final = None if isinstance(seen, Missing) else seen
    done = last.succeeded if isinstance(last, Finish) else True
    return ImportedEpisode(
        folder.name,
        _goal(folder),
        "osworld",
        "screenhand",
        "computer",
        tuple(steps),
        final,
        succeeded=done,
        verdict=_verdict(folder),
        note=NOTE,
    )


def _goal(folder: Path) -> str:
    """The instruction of the task file beside the trace, or the task's name: the trace itself does not tell."""
    for name in ("task.json", "task_config.json", f"{folder.name}.json"):
        if (folder / name).exists():
            document = read_json(read_bytes(folder, name), str(folder / name))
            return validated(OSWorldTask.model_validate, document, str(folder / name)).instruction
    return f"the OSWorld task {folder.name}"


def _verdict(folder: Path) -> tuple[Verdict, str] | None:
    """What result.txt says; 1 is met, anything below is not."""
    if not (folder / "result.txt").exists():
        return None
    text = read_bytes(folder, "result.txt", 100).decode("ascii", "replace").strip()
    try:
        score = float(text)
    except ValueError as error:
        raise Untrusted(f"{folder / 'result.txt'} holds no number; found {text!r}") from error
    return ("verified" if score >= 1 else "failed"), f"OSWorld's evaluator gave {score:g}"


def _end(step: ImportedStep) -> Point | None:
    """Where the pointer is after `step`; None where it did not move it."""
    move = step.gold.move
    return move.path[-1] if isinstance(move, Drag) else first_point(move)


def _from_computer_13(action: dict[str, Any], pointer: Point | None, where: str) -> Move:
    """A move of computer_13 (desktop_env/actions.py), or of ours where `export` had no code for it.

    A drag begins where the `pointer` is.
    """
    if str(action.get("action_type")).islower():
        return move_from(action, where)
    parameters = action.get("parameters", action)
    parameters = parameters if isinstance(parameters, dict) else {}
    x, y = parameters.get("x"), parameters.get("y")
    known = all(isinstance(each, int | float) and abs(each) < 1e6 for each in (x, y))
    at = Point(round(x), round(y)) if known and x is not None and y is not None else None
    match action.get("action_type"), parameters:
        case "CLICK", _ if at:
            button = BUTTONS.get(str(parameters.get("button")), "left")
            return Click(at, button, parameters.get("num_clicks", 1))
        case "DOUBLE_CLICK", _ if at:
            return Click(at, times=2)
        case "RIGHT_CLICK", _ if at:
            return Click(at, "right")
        case "MOVE_TO", _ if at:
            return MoveTo(at)
        case "DRAG_TO", _ if at and pointer:
            return Drag((pointer, at))
        case "SCROLL", {"dy": int(dy)}:
            return Scroll(
                at or Point(SIZE[0] // 2, SIZE[1] // 2), "up" if dy > 0 else "down", max(1, min(100, abs(dy)))
            )
        case "TYPING", {"text": str(text)}:
            return TypeText(text)
        case "PRESS", {"key": str(key)}:
            return Press((key,))
        case "HOTKEY", {"keys": list(keys)} if keys and all(isinstance(key, str) for key in keys):
            return Press(tuple(keys))
        case "WAIT", _:
            return Wait()
        case ("DONE" | "FAIL") as end, _:
            return Finish(end == "DONE")
    raise Untrusted(f"{where}: no action that is known here: {str(action)[:80]}")
