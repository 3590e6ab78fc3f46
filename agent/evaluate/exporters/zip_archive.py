"""Recordings in one ZIP file, for sharing: the files of each recording, and no other file of its folder."""

import errno
import zipfile
from collections.abc import Sequence
from pathlib import Path

from agent.evaluate.gold_file import GOLD_FILE
from agent.recordings.format import screenshot_name
from agent.recordings.images import Missing
from agent.recordings.reader import Recording
from agent.recordings.untrusted import LARGEST_FILE, read_bytes

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The date of every file in it: equal recordings make equal files."""


def export(recordings: Sequence[Recording], file: Path) -> None:
    """Write `file` with a folder for each of `recordings`; it is there when it is whole.

    Raises `Untrusted`, and `OSError` also where `file` exists.
    """
    if file.exists() or file.is_symlink():
        raise FileExistsError(errno.EEXIST, "it exists; name a new file", str(file))
    partial = file.with_name(f"{file.name}.part")
    try:
        _write(recordings, partial)
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)


def _write(recordings: Sequence[Recording], file: Path) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for recording in recordings:
            folder, name = recording.folder, recording.folder.resolve().name
            seen = [step.seen for step in recording.episode.steps] + [recording.episode.final]
            pictures = {screenshot_name(each) for each in seen if each is not None and not isinstance(each, Missing)}
            others = [each for each in ("steps.jsonl", "episode.json", GOLD_FILE) if (folder / each).exists()]
            for inside in (*others, *sorted(pictures)):
                entry = zipfile.ZipInfo(f"{name}/{inside}", EARLIEST)
                entry.external_attr = 0o600 << 16
                entry.compress_type = zipfile.ZIP_STORED if inside.endswith(".png") else zipfile.ZIP_DEFLATED
                archive.writestr(entry, read_bytes(folder, inside, LARGEST_FILE))
