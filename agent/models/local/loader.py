"""Opens a checkpoint from a hub or a folder, or says why it cannot be opened."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

from agent.models.chat import ModelFailed
from agent.models.local.checkpoint import Checkpoint, find_checkpoint
from devices import Stop

if TYPE_CHECKING:
    from agent.models.local.model import LocalModel

BAR = "Loading weights"  # what transformers calls the bar it shows


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
    """The checkpoint `name`, a folder or a hub name, ready to answer.

    `device` (cpu, cuda, mps), `dtype` (bfloat16, float16, float32) and `attention` (sdpa, eager, flash_attention_2) are
    chosen where they are None or "auto", and said in one line to `say`. `progress` is called with the weights loaded
    and their total. No code of the checkpoint is run and nothing of it is unpickled. Raises `ModelFailed` with what to
    do.
    """
    with require_local_extra():
        hide_incompatible_torchvision()
        from agent.models.local.hardware import choose_placement
        from agent.models.local.model import LocalModel, is_out_of_memory

    checkpoint = find_checkpoint(name, revision)
    placement = choose_placement(device, dtype, attention, checkpoint.precision)
    try:
        with loading_progress(progress or (lambda done, total: None), stop):
            network = _network(name, checkpoint, placement.dtype, placement.attention).to(placement.device)
    except (RuntimeError, MemoryError) as error:
        if not is_out_of_memory(error):
            raise
        raise ModelFailed(
            f"there is not enough memory for {name} as {placement}. Use --precision bfloat16, a smaller checkpoint, or "
            "serve it elsewhere and use --endpoint"
        ) from error
    model = LocalModel(name, network, _tokenizer(name, checkpoint), stop)
    say(f"{name}: {sum(each.numel() for each in network.parameters()) / 1e9:.2g} billion parameters, {placement}")
    return model


def _network(name: str, checkpoint: Checkpoint, dtype: Any, attention: str) -> Any:
    from safetensors import SafetensorError

    network_class = getattr(import_module("transformers"), checkpoint.kind)
    try:
        network, report = network_class.from_pretrained(
            checkpoint.source,
            revision=checkpoint.revision or "main",
            dtype=dtype,
            attn_implementation=attention,
            use_safetensors=True,
            trust_remote_code=False,
            output_loading_info=True,
        )
    except (SafetensorError, OSError, ValueError, ImportError, KeyError, TypeError, RuntimeError) as error:
        if isinstance(error, RuntimeError) and "memory" in str(error):
            raise
        raise ModelFailed(
            f"the weights of {name} cannot be loaded: {error}. Download the whole checkpoint again, with every "
            "*.safetensors file that its index names"
        ) from error
    if absent := sorted(report["missing_keys"]):
        raise ModelFailed(
            f"the weights of {name} lack {len(absent)} of the tensors that its config.json asks for, {absent[0]} among "
            "them. Download the whole checkpoint again"
        )
    return network


def _tokenizer(name: str, checkpoint: Checkpoint) -> Any:
    from transformers import AutoTokenizer

    try:
        tokenizer: Any = AutoTokenizer.from_pretrained(
            checkpoint.source, revision=checkpoint.revision or "main", trust_remote_code=False
        )
    except (OSError, ValueError, ImportError, KeyError, TypeError, AttributeError) as error:
        raise ModelFailed(f"the tokenizer of {name} cannot be loaded: {error}") from error
    if not tokenizer.is_fast:
        raise ModelFailed(f"{name} needs its tokenizer as tokenizer.json; found {type(tokenizer).__name__} without it")
    return tokenizer


@contextmanager
def require_local_extra() -> Iterator[None]:
    """Inside the block a missing package is said with the command that installs it."""
    try:
        yield
    except ImportError as error:
        raise ModelFailed(
            f"a model in this process needs torch, transformers and llguidance ({error}): "
            "pip install 'screenhand[local]'"
        ) from error


def hide_incompatible_torchvision() -> None:
    """Let transformers find no torchvision where it was built for another torch; nothing here needs it."""
    import_module("torch")
    try:
        import_module("torchvision")
    except ImportError:
        pass
    except RuntimeError:
        for name in [name for name in sys.modules if name.split(".")[0] == "torchvision"]:
            del sys.modules[name]
        sys.modules["torchvision"] = None  # type: ignore[assignment]  # Python's own sign for "not to be imported"
        if import_utils := sys.modules.get("transformers.utils.import_utils"):
            import_utils.is_torchvision_available.cache_clear()
            import_utils.is_torchvision_v2_available.cache_clear()


@contextmanager
def loading_progress(progress: Callable[[int, int], None], stop: Stop) -> Iterator[None]:
    """Inside the block transformers tells `progress` how far it is instead of drawing a bar, and obeys `stop`."""
    from transformers.utils import logging

    def hook(bar: Callable[..., Any], given: tuple[Any, ...], named: dict[str, Any]) -> Any:
        return items_with_progress(list(given[0])) if given and named.get("desc") == BAR else bar(*given, **named)

    def items_with_progress(items: list[Any]) -> Iterator[Any]:
        for done, item in enumerate(items):
            stop.check()
            progress(done, len(items))
            yield item
        progress(len(items), len(items))

    before, loud = logging.set_tqdm_hook(hook), logging.get_verbosity()
    logging.set_verbosity_error()  # type: ignore[no-untyped-call]  # what it warns of is said in the error
    try:
        yield
    finally:
        logging.set_tqdm_hook(before)
        logging.set_verbosity(loud)
