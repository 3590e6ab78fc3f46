"""The box of every widget: the one source of the pixels, the tree and hit testing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from devices.device import Box
from devices.simphone.text_buffer import TextBuffer
from devices.simphone.theme import Theme, text_width
from devices.simphone.widget_types import FILL, Align, Field, Group, Icon, ScrollView, Slider, Switch, Text, Widget

LINE = 1.3  # lines of text are this many times their size apart
Size = tuple[int, int]


@dataclass(frozen=True, slots=True)
class PlacedWidget:
    """A widget and its box; `shown` is the part that no scroll window cuts off. `lines` are a text's lines as drawn.

    `offset` and `limit` are a scroll window's: how far it is scrolled, and how far it can be, in pixels.
    """

    widget: Widget
    box: Box
    shown: Box
    children: tuple["PlacedWidget", ...] = ()
    lines: tuple[str, ...] = ()
    offset: int = 0
    limit: int = 0

    def walk(self) -> Iterator["PlacedWidget"]:
        yield self
        for child in self.children:
            yield from child.walk()


@cache
def wrapped(text: str, size: int, bold: bool, width: int, most: int) -> tuple[str, ...]:
    """`text` in lines of at most `width` pixels, at most `most` of them (0: any number)."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            tried = f"{line} {word}" if line else word
            if text_width(tried, size, bold) <= width:
                line = tried
                continue
            if line:
                lines.append(line)
            while text_width(word, size, bold) > width and len(word) > 1:
                fits = next(n for n in range(len(word), 0, -1) if n == 1 or text_width(word[:n], size, bold) <= width)
                lines.append(word[:fits])
                word = word[fits:]
            line = word
        lines.append(line)
    if most and len(lines) > most:
        last = lines[most - 1]
        while last and text_width(last + "…", size, bold) > width:
            last = last[:-1]
        return (*lines[: most - 1], last.rstrip() + "…")
    return tuple(lines)


def meet(a: Box, b: Box) -> Box:
    """What two boxes share; empty boxes have no width or no height."""
    left, top = max(a.left, b.left), max(a.top, b.top)
    return Box(left, top, max(left, min(a.right, b.right)), max(top, min(a.bottom, b.bottom)))


class WidgetLayout:
    """Places the widgets of one screen; `scrolls` are its scroll offsets in dp, `entries` the texts of its fields."""

    def __init__(self, theme: Theme, scrolls: Mapping[str, float], entries: Mapping[str, TextBuffer]) -> None:
        self.theme, self.scrolls, self.buffers = theme, scrolls, entries
        self._measured: dict[tuple[int, int], Size] = {}

    def place(self, widget: Widget, box: Box) -> PlacedWidget:
        return self._place(widget, box, box)

    def measure(self, widget: Widget, width: int) -> Size:
        """The pixels that `widget` wants when `width` are to be had."""
        key = (id(widget), width)
        if key not in self._measured:
            px = self.theme.px
            wanted = px(widget.width) if widget.width > 0 else width
            inner = max(0, min(wanted, width) - px(widget.pad[0]) - px(widget.pad[2]))
            across, down = self._content(widget, inner)
            across += px(widget.pad[0]) + px(widget.pad[2])
            down += px(widget.pad[1]) + px(widget.pad[3])
            self._measured[key] = (
                px(widget.width) if widget.width > 0 else (width if widget.width == FILL else across),
                px(widget.height) if widget.height > 0 else down,
            )
        return self._measured[key]

    def _content(self, widget: Widget, inner: int) -> Size:
        px = self.theme.px
        match widget:
            case Text():
                size = self.theme.sp(widget.size)
                lines = wrapped(widget.text, size, widget.bold, inner, widget.lines)
                return max(text_width(line, size, widget.bold) for line in lines), round(len(lines) * size * LINE)
            case Icon():
                return px(widget.size), px(widget.size)
            case Switch():
                return px(48), px(28)
            case Slider():
                return inner, px(44)
            case Field():
                lines = self.field_lines(widget, inner)
                height = round(max(len(lines), widget.rows) * self.theme.sp(widget.size) * LINE)
                return inner, height + (0 if widget.bare else px(32))
            case ScrollView():
                return self.measure(widget.child, inner)
            case Group(axis="down", children=children):
                sizes = [self.measure(child, inner) for child in children]
                gaps = px(widget.gap) * max(0, len(sizes) - 1)
                return max((w for w, _ in sizes), default=0), sum(h for _, h in sizes) + gaps
            case Group(axis="across", children=children):
                widths = self._shares(widget, inner)
                sizes = [self.measure(child, w) for child, w in zip(children, widths, strict=True)]
                gaps = px(widget.gap) * max(0, len(sizes) - 1)
                return sum(widths) + gaps, max((h for _, h in sizes), default=0)
            case Group(children=children):
                sizes = [self.measure(child, inner) for child in children]
                return max((w for w, _ in sizes), default=0), max((h for _, h in sizes), default=0)
        return 0, 0

    def field_lines(self, field: Field, inner: int) -> tuple[str, ...]:
        """A field's text as drawn: several lines only where it may have them."""
        entry = self.buffers.get(field.key)
        text = entry.text if entry else ""
        shown = "•" * len(text) if field.password else text
        if not field.multiline:
            return (shown,)
        side = 0 if field.bare else self.theme.px(32)
        return wrapped(shown, self.theme.sp(field.size), False, max(1, inner - side), 0)

    def _shares(self, group: Group, inner: int) -> list[int]:
        left = inner - self.theme.px(group.gap) * max(0, len(group.children) - 1)
        widths = {}
        for n, child in enumerate(group.children):
            if not child.weight:
                widths[n] = min(self.measure(child, max(0, left))[0], max(0, left))
                left -= widths[n]
        total = sum(child.weight for child in group.children)
        edges, seen = 0, 0.0
        for n, child in enumerate(group.children):
            if child.weight:
                seen += child.weight
                widths[n] = round(max(0, left) * seen / total) - edges
                edges += widths[n]
        return [widths[n] for n in range(len(group.children))]

    def _place(self, widget: Widget, box: Box, clip: Box) -> PlacedWidget:
        px = self.theme.px
        shown = meet(box, clip)
        left, top, right, bottom = (px(side) for side in widget.pad)
        inner = Box(box.left + left, box.top + top, box.right - right, box.bottom - bottom)
        match widget:
            case Text():
                size = self.theme.sp(widget.size)
                return PlacedWidget(
                    widget, box, shown, lines=wrapped(widget.text, size, widget.bold, inner.width, widget.lines)
                )
            case Field():
                return PlacedWidget(widget, box, shown, lines=self.field_lines(widget, inner.width))
            case ScrollView(child=child):
                height = max(inner.height, self.measure(child, inner.width)[1])
                limit = height - inner.height
                start = float("inf") if widget.end else 0.0
                offset = round(min(max(self.scrolls.get(widget.key, start) * self.theme.density, 0), limit))
                below = Box(inner.left, inner.top - offset, inner.right, inner.top - offset + height)
                return PlacedWidget(
                    widget, box, shown, (self._place(child, below, meet(inner, clip)),), offset=offset, limit=limit
                )
            case Group():
                boxes = self._boxes(widget, inner)
                children = (self._place(c, b, clip) for c, b in zip(widget.children, boxes, strict=True))
                return PlacedWidget(widget, box, shown, tuple(children))
        return PlacedWidget(widget, box, shown)

    def _boxes(self, group: Group, inner: Box) -> list[Box]:
        if group.axis == "over":
            return [self._over(child, inner, group) for child in group.children]
        gap = self.theme.px(group.gap)
        if group.axis == "across":
            lengths = self._shares(group, inner.width)
            sizes = [(w, self.measure(child, w)[1]) for child, w in zip(group.children, lengths, strict=True)]
            at = inner.left + _start(group.justify, inner.width, sum(lengths) + gap * (len(lengths) - 1))
            boxes = []
            for child, (width, height) in zip(group.children, sizes, strict=True):
                y, high = _across(_own(child.height, group.align), inner.top, inner.height, height)
                boxes.append(Box(at, y, at + width, y + high))
                at += width + gap
            return boxes
        heights = [0 if child.weight else self.measure(child, inner.width)[1] for child in group.children]
        left = inner.height - sum(heights) - gap * max(0, len(heights) - 1)
        for n, child in enumerate(group.children):
            if left < 0 and isinstance(child, ScrollView) and not child.weight:
                heights[n], left = max(0, heights[n] + left), 0
        total = sum(child.weight for child in group.children)
        at = inner.top + (0 if total else _start(group.justify, inner.height, inner.height - left))
        boxes = []
        for child, high in zip(group.children, heights, strict=True):
            height = round(max(0, left) * child.weight / total) if child.weight else high
            x, wide = _across(
                _own(child.width, group.align), inner.left, inner.width, self.measure(child, inner.width)[0]
            )
            boxes.append(Box(x, at, x + wide, at + height))
            at += height + gap
        return boxes

    def _over(self, child: Widget, inner: Box, group: Group) -> Box:
        width, height = self.measure(child, inner.width)
        x, wide = _across(_own(child.width, group.align), inner.left, inner.width, width)
        y, high = _across(_own(child.height, group.justify), inner.top, inner.height, height)
        return Box(x, y, x + wide, y + high)


def _own(length: float, align: Align) -> Align:
    if length == FILL:
        return "stretch"
    return "start" if align == "stretch" and length > 0 else align


def _start(align: Align, room: int, wanted: int) -> int:
    return {"center": (room - wanted) // 2, "end": room - wanted}.get(align, 0)


def _across(align: Align, start: int, room: int, wanted: int) -> tuple[int, int]:
    if align == "stretch":
        return start, room
    wanted = min(wanted, room)
    return start + _start(align, room, wanted), wanted
