"""Recordings as conversations for fine-tuning: the prompt of a model family at each step, and the right reply."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from agent.dialects.families import dialect_named
from agent.episode import Step, Unreadable
from agent.models.chat import Picture
from agent.recordings.images import Missing
from agent.recordings.reader import Recording
from devices.device import Surface


def export(recordings: Sequence[Recording], folder: Path, dialect: str, surfaces: Sequence[Surface]) -> int:
    """Write `messages.jsonl` and `images/` into `folder`: a line for each step that has a picture and a readable move.

    A line holds `messages` with roles and content parts, as chat templates take them; pictures are of the very size
    that the family is shown. How many steps were written is returned. Raises `OSError`, and `ValueError` for an unknown
    dialect.
    """
    families = {surface: dialect_named(dialect, surface=surface) for surface in set(surfaces)}
    (folder / "images").mkdir(parents=True)
    written = 0
    with (folder / "messages.jsonl").open("x", encoding="ascii") as lines:
        for recording, surface in zip(recordings, surfaces, strict=True):
            past: list[Step] = []
            for step in recording.episode.steps:
                move = step.decision.move
                if not isinstance(step.seen, Missing) and not isinstance(move, Unreadable) and not step.error:
                    query = families[surface].ask(recording.episode.goal, tuple(past), step.seen)
                    reply = families[surface].prompt_format.reply(step, query.fit)
                    turns = [{"role": each.role, "content": _parts(each.parts, folder)} for each in query.messages]
                    turns.append({"role": "assistant", "content": [{"type": "text", "text": reply}]})
                    lines.write(json.dumps({"messages": turns}) + "\n")
                    written += 1
                past.append(step)
    return written


def _parts(parts: Sequence[Any], folder: Path) -> list[dict[str, str]]:
    return [_part(part, folder) for part in parts]


def _part(part: Any, folder: Path) -> dict[str, str]:
    if not isinstance(part, Picture):
        return {"type": "text", "text": str(part)}
    name = f"images/{part.digest[:32]}.png"
    if not (folder / name).exists():
        (folder / name).write_bytes(part.png)
    return {"type": "image", "image": name}
