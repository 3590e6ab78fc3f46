"""Opens a checkpoint from a hub or a folder, or says in words why not."""

import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from devices import Stop

if TYPE_CHECKING:
    from agent.models.local.model import LocalModel


def open_local(
    name: str,
    *,
    revision: str | None = None,
    device: str | None = None,
    dtype: str | None = None,
    attention: str | None = None,
    stop: Stop,
    say: Callable[[str], None],
    progress: Callable[[int, int], None] | None = None,
) -> "LocalModel":
    """The checkpoint `name`."""
    import torch

    hide_misfit_torchvision()
    from transformers import AutoTokenizer, Qwen2_5_VLForConditionalGeneration

    from agent.models.local.model import LocalModel

    network: Any = Qwen2_5_VLForConditionalGeneration.from_pretrained(Path(name), dtype=torch.float32)
    return LocalModel(name, network.eval(), AutoTokenizer.from_pretrained(name), stop)


def hide_misfit_torchvision() -> None:
    """Let transformers find no torchvision where it was built for another torch; nothing here needs it."""
    try:
        import_module("torchvision")
    except ImportError:
        pass
    except RuntimeError:
        for name in [name for name in sys.modules if name.split(".")[0] == "torchvision"]:
            del sys.modules[name]
        sys.modules["torchvision"] = None  # type: ignore[assignment]  # Python's own sign for "not to be imported"
