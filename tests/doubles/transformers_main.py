"""transformers' own command line, started where the torchvision wheel does not match a CPU-only torch."""

import io
import sys
from importlib import import_module
from typing import Any


def let_torchvision_in() -> None:
    """Declare the two operators that torchvision asks for at import; its transforms are pure Python and work.

    Its C image codecs are absent too, so pictures are decoded by Pillow.
    """
    torch: Any = import_module("torch")
    try:
        import_module("torchvision")
    except RuntimeError:
        for name in [name for name in sys.modules if name.split(".")[0] == "torchvision"]:
            del sys.modules[name]
        library = torch.library.Library("torchvision", "FRAGMENT")
        for operator in ("nms", "qnms"):
            library.define(operator + "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
        codecs: Any = import_module("torchvision.io")
        codecs.decode_image = decoded
        codecs.declared = library  # what it declared is gone when nobody holds it


def decoded(file: Any, mode: Any = None, apply_exif_orientation: bool = False) -> Any:
    """What torchvision.io.decode_image returns for a tensor of bytes: a uint8 tensor (3, height, width), RGB."""
    import numpy as np
    import torch
    from PIL import Image

    pixels = np.array(Image.open(io.BytesIO(file.numpy().tobytes())).convert("RGB"))
    return torch.from_numpy(pixels).permute(2, 0, 1).contiguous()


if __name__ == "__main__":
    let_torchvision_in()
    from transformers.cli.transformers import app

    app()
