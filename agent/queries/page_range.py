"""The pages of a document that `--pages` names."""

import re
from dataclasses import dataclass
from pathlib import Path

from agent.queries.media import BadMedia

MOST_PAGES = 64


@dataclass(frozen=True, slots=True)
class PageRange:
    """Pages as a person counts them, from 1; every page where `ranges` is empty. Each range includes its last page."""

    ranges: tuple[tuple[int, int], ...] = ()

    def of(self, count: int, path: Path) -> tuple[int, ...]:
        """The indices, from 0, of the pages meant in `path`, which has `count`. Raises `BadMedia`."""
        for first, last in self.ranges:
            if last > count:
                raise BadMedia(f"{path} has {count} page{'s' * (count != 1)}; found no page {max(first, count + 1)}")
        wanted = [page - 1 for first, last in self.ranges or ((1, count),) for page in range(first, last + 1)]
        if len(wanted) > MOST_PAGES:
            raise BadMedia(f"{path}: {len(wanted)} pages are too many at once; say which with --pages 1-{MOST_PAGES}")
        return tuple(dict.fromkeys(wanted))


ALL_PAGES = PageRange()


def parse_pages(text: str) -> PageRange:
    """The pages that `text` names: "3", "1-3", "1,4-6". Raises `ValueError`."""
    ranges = []
    for part in text.split(","):
        match = re.fullmatch(r"\s*([1-9]\d{0,5})\s*(?:-\s*([1-9]\d{0,5})\s*)?", part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 0 < first <= last:
            raise ValueError(f"pages are written as 3 or 1-3 or 1,4-6, counted from 1; found {text!r}")
        ranges.append((first, last))
    return PageRange(tuple(ranges))
