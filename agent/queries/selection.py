"""Which pages of a document are meant."""

import re
from dataclasses import dataclass
from pathlib import Path

from agent.queries.media import CannotSee

MOST_PAGES = 64


@dataclass(frozen=True, slots=True)
class Pages:
    """Pages as a person counts them, from 1; every page where `ranges` is empty. Each range includes its last page."""

    ranges: tuple[tuple[int, int], ...] = ()

    def of(self, count: int, path: Path) -> tuple[int, ...]:
        """The indices, from 0, of the pages meant in `path`, which has `count`. Raises `CannotSee`."""
        for first, last in self.ranges:
            if last > count:
                raise CannotSee(f"{path} has {count} page{'s' * (count != 1)}; found no page {max(first, count + 1)}")
        wanted = [page - 1 for first, last in self.ranges or ((1, count),) for page in range(first, last + 1)]
        if len(wanted) > MOST_PAGES:
            raise CannotSee(f"{path}: {len(wanted)} pages are too many at once; say which with --pages 1-{MOST_PAGES}")
        return tuple(dict.fromkeys(wanted))


ALL_PAGES = Pages()


def read_pages(text: str) -> Pages:
    """The pages that `text` names: "3", "1-3", "1,4-6". Raises `ValueError`."""
    ranges = []
    for part in text.split(","):
        found = re.fullmatch(r"\s*([1-9]\d{0,5})\s*(?:-\s*([1-9]\d{0,5})\s*)?", part)
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
        if not 0 < first <= last:
            raise ValueError(f"pages are written as 3 or 1-3 or 1,4-6, counted from 1; found {text!r}")
        ranges.append((first, last))
    return Pages(tuple(ranges))
