"""The best device, precision and attention for a model on this machine."""

from dataclasses import dataclass
from typing import Any

import torch
from transformers.utils.import_utils import is_flash_attn_2_available

from agent.models.chat import ModelFailed

PRECISIONS = ("bfloat16", "float16", "float32")


@dataclass(frozen=True, slots=True)
class Placement:
    """A device, a precision and a kind of attention that fit together."""

    device: str
    dtype: Any
    attention: str

    def __str__(self) -> str:
        kind = self.device.split(":")[0]
        chip = f" ({torch.cuda.get_device_name(self.device)})" if kind == "cuda" else ""
        threads = f" ({torch.get_num_threads()} threads)" if kind == "cpu" else ""
        return f"{str(self.dtype).removeprefix('torch.')} on {kind}{chip}{threads}, attention {self.attention}"


def choose_placement(device: str | None, dtype: str | None, attention: str | None, stored: str) -> Placement:
    """What was asked for; where nothing was (None or "auto"), the best there is: CUDA before MPS before the CPU.

    A checkpoint `stored` in float32 stays so: precision is never taken silently. Any other runs in bfloat16 where the
    machine has arithmetic for it, else in float32; in float16 only when asked. Raises `ModelFailed`.
    """
    where = device if device not in (None, "auto") else _best_device()
    _must_be_there(where)
    if dtype in (None, "auto"):
        dtype = "bfloat16" if stored != "float32" and _has_bfloat16(where) else "float32"
    elif dtype not in PRECISIONS:
        raise ModelFailed(f"the precision must be one of {', '.join(PRECISIONS)} or auto; found {dtype!r}")
    if attention in (None, "auto"):
        flash = where.startswith("cuda") and dtype != "float32" and is_flash_attn_2_available()
        attention = "flash_attention_2" if flash else "sdpa"
    return Placement(where, getattr(torch, str(dtype)), str(attention))


def _best_device() -> str:
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def _must_be_there(device: str) -> None:
    there = {"cpu": True, "cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available()}
    if not there.get(device.split(":")[0], False):
        here = ", ".join(name for name, is_there in there.items() if is_there)
        raise ModelFailed(f"torch finds no {device} on this machine; it has {here}")


def _has_bfloat16(device: str) -> bool:
    """Whether bfloat16 is computed there by its own instructions and not by detours through float32."""
    kind = device.split(":")[0]
    if kind == "cuda":
        return bool(torch.cuda.is_bf16_supported(including_emulation=False))
    if kind == "mps":
        return bool(torch.backends.mps.is_macos_or_newer(14, 0))
    has = torch.cpu.get_capabilities()
    return any(has.get(name) for name in ("amx_bf16", "avx512_bf16", "bf16"))
