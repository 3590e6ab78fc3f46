"""The text of a screen: words, lines, and the small drawings that were no text."""

from collections.abc import Iterable
from dataclasses import dataclass

from devices import Box

_WIDEST_SPACE = 1.25  # in heights of the words beside it


@dataclass(frozen=True, slots=True)
class Word:
    """A word, its box, and the confidence of its recognition (0 to 1)."""

    text: str
    box: Box
    score: float


@dataclass(frozen=True, slots=True)
class TextLine:
    """Words that follow one another on one line, left to right; never empty."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def box(self) -> Box:
        return around(word.box for word in self.words)


@dataclass(frozen=True, slots=True)
class ScreenText:
    """The lines of one screen from top to bottom, and the `marks`: small drawings without text, as icons and arrows.

    `cut`: there was more than is read of one screen.
    """

    lines: tuple[TextLine, ...]
    marks: tuple[Box, ...] = ()
    cut: bool = False

    @property
    def words(self) -> tuple[Word, ...]:
        return tuple(word for line in self.lines for word in line.words)

    @property
    def unit(self) -> int:
        """The height of the usual line of text, in pixels, at least 7; 11 where there is none."""
        heights = sorted(line.box.height for line in self.lines if line.box.width >= 2 * line.box.height)
        return max(7, heights[len(heights) // 2]) if heights else 11

    def within(self, box: Box) -> "ScreenText":
        """Only what lies inside `box`, by its centre."""
        kept = (tuple(word for word in line.words if word.box.center in box) for line in self.lines)
        return ScreenText(tuple(TextLine(words) for words in kept if words), self.marks, self.cut)

    def __str__(self) -> str:
        """The text row by row, from top to bottom, each row from left to right."""
        rows: list[tuple[Box, list[TextLine]]] = []
        for line in self.lines:
            box = line.box
            middle = box.center.y
            row = next((row for first, row in rows if first.top <= middle < first.bottom), None)
            if row is None:
                rows.append((box, [line]))
            else:
                row.append(line)
        return "\n".join(" ".join(line.text for line in sorted(row, key=lambda line: line.box.left)) for _, row in rows)


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box around `boxes`, of which there is at least one."""
    every = tuple(boxes)
    return Box(
        min(box.left for box in every),
        min(box.top for box in every),
        max(box.right for box in every),
        max(box.bottom for box in every),
    )


def lines_of(words: Iterable[Word]) -> tuple[TextLine, ...]:
    """Groups `words` into lines: neighbours in one row that are no further apart than a wide space.

    A space of a fixed-width font is as wide as its letters; labels side by side, as of menus, are twice as far apart.
    """
    lines: list[list[Word]] = []
    growing: list[list[Word]] = []
    ordered = sorted(words, key=lambda word: word.box.left)
    tallest = max((word.box.height for word in ordered), default=0)
    for word in ordered:
        best = None
        growing = [line for line in growing if word.box.left - line[-1].box.right <= max(6, _WIDEST_SPACE * tallest)]
        for line in growing:
            last = line[-1].box
            overlap = min(last.bottom, word.box.bottom) - max(last.top, word.box.top)
            if overlap < 0.5 * min(last.height, word.box.height):
                continue
            taller = max(last.height, word.box.height)
            letters = len(line[-1].text) + len(word.text)
            letter = max((last.width + word.box.width) / letters, 0.5 * taller)
            widest = max(6, min(_WIDEST_SPACE * taller, 1.7 * letter))
            if -0.5 * taller <= word.box.left - last.right <= widest:
                best = line if best is None or best[-1].box.right < last.right else best
        if best is None:
            growing.append([word])
            lines.append(growing[-1])
        else:
            best.append(word)
    return tuple(sorted((TextLine(tuple(line)) for line in lines), key=lambda line: (line.box.center.y, line.box.left)))
