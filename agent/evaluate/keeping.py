"""A comparison kept on disk as it goes, so that it can be scored anew and compared with."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agent.evaluate.protocols import Protocol
from agent.evaluate.scoring import Scored
from agent.evaluate.targets import target_record
from agent.moves import write_move


def step_json(scored: Scored) -> dict[str, Any]:
    """One step as it is kept: the prediction, what is right, and the marks."""
    asked, mark = scored.prediction, scored.mark
    gold, target = asked.gold, target_record(asked.step, asked.gold).model_dump()
    elements = [
        {
            "role": e.role,
            "text": e.text,
            "box": [e.box.left, e.box.top, e.box.right, e.box.bottom],
            "focused": e.focused,
        }
        for e in gold.elements
    ]
    kept = {"areas": target["areas"], "alternatives": target["alternatives"], "elements": elements, "group": gold.group}
    right = {"action": write_move(gold.move), "size": gold.size, "surface": gold.surface}
    return {
        "episode": asked.episode,
        "step": asked.step,
        "length": asked.length,
        "gold": right | {name: value for name, value in kept.items() if value},
        "predicted": None if asked.move is None else write_move(asked.move),
        "fault": asked.fault,
        "tokens": [asked.usage.prompt, asked.usage.completion],
        "seconds": round(asked.seconds, 4),
        "recording": asked.recording,
        "right": mark.right if mark else None,
        "type_right": mark.kind if mark else None,
        "score": round(mark.score, 6) if mark else None,
        "hit": scored.grounded,
        "pixels": None if scored.distance is None else round(scored.distance, 2),
    }


@dataclass
class Keeper:
    """Writes a comparison as it goes, a line a step, so that nothing of it stays in memory; whole only once closed."""

    path: Path
    protocol: Protocol
    mode: str
    policy: str
    _first: bool = True

    def __post_init__(self) -> None:
        self._partial = self.path.with_name(self.path.name + ".part")
        self._stream = self._partial.open("w", encoding="ascii")
        header = {
            "schema_version": 1,
            "protocol": {"name": self.protocol.name, "version": self.protocol.version},
            "source": self.protocol.source,
            "mode": self.mode,
            "policy": self.policy,
        }
        self._stream.write(json.dumps(header)[:-1] + ', "steps": [')

    def add(self, scored: Scored) -> None:
        self._stream.write(("\n" if self._first else ",\n") + json.dumps(step_json(scored)))
        self._first = False

    def close(self, summary: dict[str, Any]) -> None:
        """Write what it all came to, and give the file its name."""
        self._stream.write('\n], "summary": ' + json.dumps(summary) + "}\n")
        self._stream.close()
        self._partial.replace(self.path)
