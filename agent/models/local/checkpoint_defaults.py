"""Dialect and picture limit of a checkpoint, from its own config files."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agent.models.local.checkpoint import Checkpoint, find_checkpoint
from agent.models.local.loader import require_local_extra
from agent.models.local.patches import MERGE, PATCH

DIALECTS = {"Qwen2_5_VLForConditionalGeneration": "qwen2.5-vl", "Qwen2VLForConditionalGeneration": "qwen2-vl"}
"""The dialect of each class, for a checkpoint whose name says nothing."""

FILES = ("preprocessor_config.json", "processor_config.json")
"""Where checkpoints say how large a picture may be; the second since transformers 5."""


@dataclass(frozen=True, slots=True)
class CheckpointDefaults:
    """The dialect of the checkpoint's class, and the most visual tokens of a picture, None where undeclared."""

    dialect: str
    most_tokens: int | None


def checkpoint_defaults(name: str, revision: str | None) -> CheckpointDefaults:
    """The defaults of the checkpoint `name`, a folder or a hub name.

    The size is an area in pixels, written as `size.longest_edge`, or before transformers 5 as `max_pixels`. Raises
    `ModelFailed` for what is no checkpoint of a class that runs here.
    """
    pixels_a_token, most = (PATCH * MERGE) ** 2, None
    with require_local_extra():
        checkpoint = find_checkpoint(name, revision)
        files = [_read(checkpoint, file) for file in FILES]
    for content in files:
        match content.get("image_processor", content):
            case {"size": {"longest_edge": int() as area}} | {"max_pixels": int() as area} if area >= pixels_a_token:
                most = most or area // pixels_a_token
    return CheckpointDefaults(DIALECTS[checkpoint.kind], most)


def _read(checkpoint: Checkpoint, name: str) -> dict[str, Any]:
    """The JSON object in the file; {} where it cannot be read."""
    path = Path(checkpoint.source) / name
    if not path.parent.is_dir():
        from huggingface_hub import errors, hf_hub_download

        try:
            path = Path(hf_hub_download(checkpoint.source, name, revision=checkpoint.revision))
        except (OSError, errors.EntryNotFoundError):
            return {}
    try:
        content = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}
