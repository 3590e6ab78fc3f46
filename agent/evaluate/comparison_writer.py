"""A comparison written as a file of JSON lines, a step at a time; recordings/README.md has the format."""

import json
from dataclasses import astuple
from pathlib import Path
from typing import Any

from agent.evaluate.comparison_file import ComparisonHeader, partial_of
from agent.evaluate.gold_file import target_record
from agent.evaluate.scoring import ScoredPrediction
from agent.moves import write_move


class ComparisonWriter:
    """Writes a comparison one step at a time to `path` + ".part", which gets its name when it is closed.

    Each line is with the system before the next one is written, so that a kill costs no answer.
    """

    def __init__(self, path: Path, header: ComparisonHeader, source: str) -> None:
        """`source` is where the rule of the protocol comes from."""
        self._path, self._partial = path, partial_of(path)
        self._stream = self._partial.open("w", encoding="ascii", buffering=1)
        self._write(header.model_dump() | {"source": source})

    def add(self, scored: ScoredPrediction) -> None:
        """Write the next step."""
        self._write(_step_record(scored))

    def close(self, summary: dict[str, Any]) -> None:
        """Write the `summary` as the last line, and give the file its name."""
        self._write({"summary": summary})
        self._stream.close()
        self._partial.replace(self._path)

    def _write(self, record: dict[str, Any]) -> None:
        self._stream.write(json.dumps(record) + "\n")


def _step_record(scored: ScoredPrediction) -> dict[str, Any]:
    """A step as its line: the prediction, what is right, and the marks."""
    prediction, score, gold = scored.prediction, scored.score, scored.prediction.gold
    target = target_record(prediction.step, gold).model_dump()
    elements = [
        {"role": each.role, "text": each.text, "box": astuple(each.box), "focused": each.focused}
        for each in gold.elements
    ]
    optional = {"areas": target["areas"], "alternatives": target["alternatives"], "elements": elements}
    optional["group"] = gold.group
    right = {"action": write_move(gold.move), "size": gold.size, "surface": gold.surface}
    return {
        "episode": prediction.episode,
        "step": prediction.step,
        "length": prediction.length,
        "gold": right | {name: value for name, value in optional.items() if value},
        "predicted": None if prediction.move is None else write_move(prediction.move),
        "fault": prediction.fault,
        "tokens": [prediction.usage.prompt, prediction.usage.completion],
        "seconds": round(prediction.seconds, 4),
        "recording": prediction.recording,
        "right": score.exact if score else None,
        "type_right": score.same_type if score else None,
        "score": round(score.value, 6) if score else None,
        "hit": scored.grounded,
        "pixels": None if scored.distance is None else round(scored.distance, 2),
    }
