"""Where a checkpoint lies, and whether its class is one that this engine runs."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agent.models.chat import ModelFailed

CLASSES = ("Qwen2_5_VLForConditionalGeneration", "Qwen2VLForConditionalGeneration")
"""UI-TARS-1.5, GUI-Owl 1, Holo 1.5 and many more are of these two classes."""

NEAREST = {"Qwen3": "qwen3-vl", "Intern": "internvl2.5"}
"""The dialect for a class that begins so; for any other class it is `generic`."""

HUB_NAME = re.compile(r"[\w.-]+/[\w.-]+")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A checkpoint of a class that can be run: `source` is a folder or a hub name, for `from_pretrained`."""

    source: str
    revision: str | None
    kind: str
    precision: str
    """The precision that its weights are stored in, as torch names it; "" where it does not say."""


def find_checkpoint(name: str, revision: str | None) -> Checkpoint:
    """The checkpoint `name`: a folder, or a name on the hub. Raises `ModelFailed` with what to do instead."""
    folder = Path(name).expanduser()
    if folder.is_dir():
        config, source = _config_in(folder), str(folder)
    elif folder.exists() or not HUB_NAME.fullmatch(name):
        raise ModelFailed(
            f"--model wants a checkpoint's folder or a hub name such as Qwen/Qwen2.5-VL-3B-Instruct; found "
            f"{name!r}, which is {'a file' if folder.exists() else 'no folder here'}"
        )
    else:
        config, source = _config_on_hub(name, revision), name
    kind = str(next(iter(config.get("architectures") or [config.get("model_type")]), None))
    if kind not in CLASSES:
        nearest = next((dialect for start, dialect in NEAREST.items() if kind.startswith(start)), "generic")
        raise ModelFailed(
            f"{name} is of class {kind}; in this process only {' and '.join(CLASSES)} run. Serve it with vLLM and use "
            f"--endpoint http://localhost:8000/v1 --model {name} --dialect {nearest}"
        )
    text = config.get("text_config") or {}
    stored = config.get("dtype") or config.get("torch_dtype") or text.get("dtype") or text.get("torch_dtype")
    return Checkpoint(source, revision, kind, str(stored or ""))


def _config_in(folder: Path) -> dict[str, Any]:
    if not (folder / "config.json").is_file():
        raise ModelFailed(
            f"{folder} is no checkpoint: it has no config.json. A checkpoint's folder holds config.json, "
            "tokenizer.json and *.safetensors"
        )
    if not any(folder.glob("*.safetensors")):
        stored = ", ".join(sorted(path.name for path in folder.glob("*.bin"))) or "none"
        raise ModelFailed(
            f"{folder} has no weights as *.safetensors (*.bin: {stored}, which are never read: unpickling runs code). "
            "Save it with safe_serialization, or download the whole checkpoint again"
        )
    return _read(folder / "config.json")


def _config_on_hub(name: str, revision: str | None) -> dict[str, Any]:
    from huggingface_hub import errors, hf_hub_download

    try:
        return _read(Path(hf_hub_download(name, "config.json", revision=revision)))
    except errors.GatedRepoError as error:
        raise ModelFailed(
            f"{name} is given out on request only: ask for it on its page, then `hf auth login`"
        ) from error
    except errors.RepositoryNotFoundError as error:
        raise ModelFailed(
            f"the hub has no model {name}, or it is private: check the name, or `hf auth login`"
        ) from error
    except errors.RevisionNotFoundError as error:
        raise ModelFailed(f"{name} has no branch, tag or commit {revision!r}; leave --revision out for main") from error
    except (OSError, errors.EntryNotFoundError, errors.HFValidationError) as error:
        raise ModelFailed(
            f"{name} is no folder here, and the hub could not be asked for it: {_first_line(error)}. Give --model a "
            "folder that holds the checkpoint, or --endpoint the server that runs it"
        ) from error


def _read(path: Path) -> dict[str, Any]:
    try:
        config = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ModelFailed(f"{path} cannot be read as JSON: {_first_line(error)}") from error
    if not isinstance(config, dict):
        raise ModelFailed(f"{path} must hold a JSON object; found {type(config).__name__}")
    return config


def _first_line(error: Exception) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)
