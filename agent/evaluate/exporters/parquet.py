"""Recordings as one Parquet file, a row for each step, with LeRobot's column names."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from agent.moves import write_move
from agent.recordings.images import Missing
from agent.recordings.reader import Recording

MISSING = "Parquet needs the package pyarrow: pip install 'screenhand[parquet]', or pip install pyarrow"


class NoParquet(Exception):
    """The package is not installed; the text says how it is."""


def export(recordings: Sequence[Recording], file: Path) -> None:
    """Write all steps of `recordings` to `file`, an episode a row group, so that only one is in memory.

    `observation.image` holds the PNG (null where there is none), `action` our JSON. Raises `NoParquet` and `OSError`.
    """
    try:
        # It ships no types, and is not everywhere.
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise NoParquet(MISSING) from error
    schema = pa.schema(
        [
            ("index", pa.int64()),
            ("episode_index", pa.int64()),
            ("frame_index", pa.int64()),
            ("timestamp", pa.float64()),
            ("task_index", pa.int64()),
            ("task", pa.string()),
            ("observation.image", pa.struct([("bytes", pa.binary()), ("path", pa.string())])),
            ("observation.front", pa.string()),
            ("action", pa.string()),
            ("step_instruction", pa.string()),
            ("error", pa.string()),
            ("next.done", pa.bool_()),
        ]
    )
    tasks: dict[str, int] = {}
    index = 0
    with pq.ParquetWriter(file, schema) as writer:
        for number, recording in enumerate(recordings):
            task = tasks.setdefault(recording.episode.goal, len(tasks))
            rows = list(_rows(recording, number, task, index))
            index += len(rows)
            if rows:
                writer.write_table(pa.Table.from_pylist(rows, schema))


def _rows(recording: Recording, number: int, task: int, index: int) -> Iterator[dict[str, Any]]:
    steps = recording.episode.steps
    for step in steps:
        here = not isinstance(step.seen, Missing)
        name = f"{recording.folder.name}/{step.index:04}.png"
        yield {
            "index": index + step.index,
            "episode_index": number,
            "frame_index": step.index,
            "timestamp": step.seen.at - steps[0].seen.at,
            "task_index": task,
            "task": _text(recording.episode.goal),
            "observation.image": {"bytes": step.seen.png, "path": name} if here else None,
            "observation.front": _text(step.seen.front),
            "action": json.dumps(write_move(step.decision.move)),
            "step_instruction": _text(step.decision.instruction),
            "error": _text(step.error),
            "next.done": step is steps[-1],
        }


def _text(text: str) -> str:
    """Parquet's text is UTF-8, which has no lone surrogates: they stand as their escape."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
