"""Picture files as upright RGB pixels: PNG, JPEG, WebP, GIF, BMP, and TIFF with its pages."""

import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, ImageSequence

from agent.queries.media import BadMedia, Still, plain_file
from agent.queries.page_range import PageRange
from agent.recordings.untrusted import LARGEST_PICTURE, MOST_PIXELS
from devices.device import Pixels

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")


def read_images(path: Path, pages: PageRange) -> Iterator[Still]:
    """The picture in the file `path`; of a TIFF with several pages, those in `pages`. Raises `BadMedia`.

    Turned as its EXIF data says, transparency laid on white, 16 bits a channel scaled to 8. The size in the header is
    checked before a pixel is decoded: at most 50 million.
    """
    with plain_file(path, LARGEST_PICTURE) as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about bombs (refused below) and odd metadata (not ours to mend)
        try:
            with Image.open(file, formats=FORMATS) as unsure:
                unsure.verify()  # or Pillow would take a damaged PNG's missing rows for black ones
            file.seek(0)
            with Image.open(file, formats=FORMATS) as picture:
                count = getattr(picture, "n_frames", 1)
                if count > 1 and picture.format != "TIFF":
                    raise BadMedia(
                        f"{path} is animated: {count} frames. Give one of them, or convert it to a video (mp4)"
                    )
                wanted = pages.of(count, path) if count > 1 else (0,)
                for index, frame in enumerate(ImageSequence.Iterator(picture) if count > 1 else (picture,)):
                    if index in wanted:
                        label = path.name if count == 1 else f"{path.name}, page {index + 1}"
                        yield Still(label, _pixels(path, frame))
        except Image.DecompressionBombError as error:
            raise BadMedia(f"{path} has over {MOST_PIXELS:,} pixels, more than are decoded") from error
        except (OSError, SyntaxError, ValueError, EOFError, OverflowError) as error:
            raise BadMedia(f"{path} is no readable picture: {error}") from error


def _pixels(path: Path, picture: Image.Image) -> Pixels:
    if picture.width * picture.height > MOST_PIXELS:
        raise BadMedia(
            f"{path} has {picture.width}x{picture.height} pixels, over the {MOST_PIXELS:,} that are decoded; "
            "make it smaller first"
        )
    upright = ImageOps.exif_transpose(picture)
    if upright.mode.startswith("I"):
        # Pillow's own conversion clips 16 bits at 255, which makes nearly everything white.
        return np.asarray(Image.fromarray((np.asarray(upright).clip(0, 65535) >> 8).astype(np.uint8)).convert("RGB"))
    if upright.mode == "F":
        raise BadMedia(f"{path} holds floating-point numbers, not colours; save it with 8 bits a channel")
    if upright.has_transparency_data:
        white = Image.new("RGBA", upright.size, "white")
        white.alpha_composite(upright.convert("RGBA"))
        upright = white
    return np.asarray(upright.convert("RGB"))
