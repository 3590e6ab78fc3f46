"""Pages of PDF files as pixels, drawn by PDFium."""

import math
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np

from agent.queries.media import BadMedia, Still, plain_file
from agent.queries.page_range import PageRange

LARGEST_PDF = 256 << 20
DOTS_PER_INCH = 150
"""Body text of 10 points is then 21 pixels high; an A4 page has 1240x1754."""
MOST_PAGE_PIXELS = 12_000_000
"""A larger page (a poster, a plan) is drawn with fewer dots an inch."""


def read_pdf(path: Path, pages: PageRange) -> Iterator[Still]:
    """The `pages` of the PDF file `path`, drawn on white with 150 dots an inch, forms filled in. Raises `BadMedia`.

    Only what is drawn is used: no text, script, link or attachment in the file is read.
    """
    import pypdfium2

    with plain_file(path, LARGEST_PDF) as file:
        data = file.read()
    try:
        with closing(pypdfium2.PdfDocument(data)) as document:
            if not len(document):
                raise BadMedia(f"{path} is a PDF without pages")
            document.init_forms()
            for index in pages.of(len(document), path):
                page = document[index]
                width, height = page.get_size()
                dots = min(DOTS_PER_INCH / 72, math.sqrt(MOST_PAGE_PIXELS / max(1.0, width * height)))
                pixels = page.render(scale=dots, rev_byteorder=True, may_draw_forms=True, prefer_bgrx=False).to_numpy()
                yield Still(f"{path.name}, page {index + 1}", np.ascontiguousarray(pixels[:, :, :3]))
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise BadMedia(f"{path} is encrypted with a password; save it without one first") from error
        raise BadMedia(f"{path} is no readable PDF: {error}") from error
