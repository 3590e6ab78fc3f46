"""What a checkpoint was brought up with, by its own files: its dialect, and how many tokens a picture may cost."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agent.models.local.checkpoint import Checkpoint, found
from agent.models.local.loading import needing_torch
from agent.models.local.pictures import MERGE, PATCH

DIALECTS = {"Qwen2_5_VLForConditionalGeneration": "qwen2.5-vl", "Qwen2VLForConditionalGeneration": "qwen2-vl"}
"""The dialect of each class, for a checkpoint whose name says nothing."""

FILES = ("preprocessor_config.json", "processor_config.json")
"""Where checkpoints say how large a picture may be; the second since transformers 5."""


@dataclass(frozen=True, slots=True)
class Upbringing:
    """The dialect of the checkpoint's class, and the most visual tokens of a picture; None where it does not say."""

    dialect: str
    most_tokens: int | None


def upbringing_of(name: str, revision: str | None) -> Upbringing:
    """What the checkpoint `name`, a folder or a hub name, was brought up with.

    The size is an area in pixels, written as `size.longest_edge`, or before transformers 5 as `max_pixels`. Raises
    `ModelFailed` for what is no checkpoint of a class that runs here.
    """
    pixels_a_token, most = (PATCH * MERGE) ** 2, None
    with needing_torch():
        checkpoint = found(name, revision)
        files = [_read(checkpoint, file) for file in FILES]
    for said in files:
        match said.get("image_processor", said):
            case {"size": {"longest_edge": int() as area}} | {"max_pixels": int() as area} if area >= pixels_a_token:
                most = most or area // pixels_a_token
    return Upbringing(DIALECTS[checkpoint.kind], most)


def _read(checkpoint: Checkpoint, name: str) -> dict[str, Any]:
    """What the file says; {} where there is none that can be read."""
    path = Path(checkpoint.source) / name
    if not path.parent.is_dir():
        from huggingface_hub import errors, hf_hub_download

        try:
            path = Path(hf_hub_download(checkpoint.source, name, revision=checkpoint.revision))
        except (OSError, errors.EntryNotFoundError):
            return {}
    try:
        said = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}
