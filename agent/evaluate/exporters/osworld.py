"""A recording as an OSWorld trace: pyautogui code, and the picture after each action."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from agent.episode import Ask, Finish, Move, Unreadable
from agent.moves import write_move
from agent.recordings.images import Missing
from agent.recordings.reader import Recording
from devices import Click, Drag, LongPress, MoveTo, Observation, OpenApp, Press, Scroll, TypeText, Wait


def export(recordings: Sequence[Recording], folder: Path) -> None:
    """Write a trace for each of `recordings` into a folder of its own in `folder`.

    What pyautogui has no call for (opening an app by name, holding a finger down) stands as an object with our own
    field names, which OSWorld itself does not know. Unreadable replies did nothing and are left out. Raises `OSError`.
    """
    for recording in recordings:
        target = folder / recording.folder.resolve().name
        target.mkdir(parents=True, exist_ok=False)
        _write(recording, target)


def _write(recording: Recording, target: Path) -> None:
    episode = recording.episode
    steps = [step for step in episode.steps if not isinstance(step.decision.move, Unreadable)]
    screens = [step.seen for step in steps] + ([episode.final] if episode.final else [])
    for at, seen in enumerate(screens):
        _picture(seen, target / f"step_{at}.png")
    with (target / "traj.jsonl").open("x", encoding="ascii") as lines:
        for at, step in enumerate(steps, start=1):
            line = {
                "step_num": at,
                "action_timestamp": f"{step.seen.at:.3f}",
                "action": action_of(step.decision.move),
                "reward": 0,
                "done": isinstance(step.decision.move, Finish),
                "info": {"error": step.error} if step.error else {},
                "screenshot_file": f"step_{at}.png",
                "response": step.decision.raw,
            }
            lines.write(json.dumps(line) + "\n")
    task = {"id": target.name, "instruction": episode.goal}
    (target / "task.json").write_text(json.dumps(task, indent=1), encoding="ascii")
    if recording.verdict:
        (target / "result.txt").write_text(f"{float(recording.verdict == 'verified')}\n", encoding="ascii")


def action_of(move: Move) -> str | dict[str, Any]:
    """`move` as OSWorld writes it; all values are Python literals."""
    match move:
        case Click(at, button, times, holding):
            click = f"pyautogui.click(x={at.x}, y={at.y}, button={button!r}, clicks={times})"
            down = [f"pyautogui.keyDown({key!r})" for key in holding]
            return "\n".join([*down, click, *(f"pyautogui.keyUp({key!r})" for key in reversed(holding))])
        case MoveTo(at):
            return f"pyautogui.moveTo({at.x}, {at.y})"
        case Drag(path=path, seconds=seconds, button=button) if path:
            there = f"pyautogui.moveTo({path[0].x}, {path[0].y})"
            ways = [f"pyautogui.dragTo({at.x}, {at.y}, duration={seconds:g}, button={button!r})" for at in path[1:]]
            return "\n".join([there, *ways])
        case Scroll(at, direction, notches):
            name = "scroll" if direction in ("up", "down") else "hscroll"
            amount = notches if direction in ("up", "right") else -notches
            return f"pyautogui.moveTo({at.x}, {at.y})\npyautogui.{name}({amount})"
        case TypeText(text):
            return f"pyautogui.write(message={text!r})"
        case Press(keys):
            return f"pyautogui.hotkey({', '.join(map(repr, keys))})"
        case Wait(seconds):
            return f"time.sleep({seconds:g})"
        case Finish(succeeded=succeeded):
            return "DONE" if succeeded else "FAIL"
        case LongPress() | OpenApp() | Drag() | Ask() | Unreadable():
            return write_move(move)


def _picture(seen: Observation, path: Path) -> None:
    if not isinstance(seen, Missing):
        path.write_bytes(seen.png)
