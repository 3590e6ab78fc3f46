"""Draws laid-out widgets."""

from collections.abc import Mapping

from devices.device import Box
from devices.simphone.canvas import Canvas
from devices.simphone.icon_shapes import icon
from devices.simphone.text_buffer import TextBuffer
from devices.simphone.theme import Theme, text_width
from devices.simphone.widget_layout import LINE, PlacedWidget
from devices.simphone.widget_types import Field, Icon, ScrollView, Slider, Switch, Text


class Painter:
    """Draws one screen on `canvas`; `focus` is the key of the field that has the focus."""

    def __init__(self, canvas: Canvas, theme: Theme, entries: Mapping[str, TextBuffer], focus: str) -> None:
        self.canvas, self.theme, self.buffers, self.focus = canvas, theme, entries, focus

    def paint(self, placed: PlacedWidget) -> None:
        """Draw `placed` and what is in it; what no scroll window shows is not drawn."""
        if not placed.shown.width or not placed.shown.height:
            return
        widget, px = placed.widget, self.theme.px
        if widget.border:
            fill = self.theme.color(widget.fill or "background")
            self.canvas.framed(placed.box, px(widget.radius), self.theme.color(widget.border), fill, px(1))
        elif widget.fill:
            self.canvas.rounded(placed.box, px(widget.radius), self.theme.color(widget.fill))
        match widget:
            case Text():
                self._text(widget, placed)
            case Icon():
                size = px(widget.size)
                mask = icon(widget.name, size)
                x, y = placed.box.center.x - size // 2, placed.box.center.y - size // 2
                self.canvas.stamp(mask, x, y, self.theme.color(widget.color if widget.enabled else "outline"))
            case Switch():
                self._switch(widget, placed.box)
            case Slider():
                self._slider(widget, placed.box)
            case Field():
                self._field(widget, placed)
            case ScrollView():
                self._window(placed)
            case _:
                for child in placed.children:
                    self.paint(child)

    def _window(self, placed: PlacedWidget) -> None:
        whole, self.canvas = self.canvas, self.canvas.within(placed.shown)
        dx, dy = -placed.shown.left, -placed.shown.top
        for child in placed.children:
            self.paint(_moved(child, dx, dy))
        part, self.canvas = self.canvas, whole
        self.canvas.put(part, placed.shown.left, placed.shown.top)
        if placed.limit:
            room, px = placed.shown.height, self.theme.px
            length = max(px(24), room * room // (room + placed.limit))
            top = placed.shown.top + (room - length) * placed.offset // placed.limit
            bar = Box(placed.shown.right - px(4), top, placed.shown.right - px(1), top + length)
            self.canvas.rounded(bar, px(2), self.theme.color("outline"))

    def _text(self, widget: Text, placed: PlacedWidget) -> None:
        px, size = self.theme.px, self.theme.sp(widget.size)
        left, right = placed.box.left + px(widget.pad[0]), placed.box.right - px(widget.pad[2])
        step = size * LINE
        top, bottom = placed.box.top + px(widget.pad[1]), placed.box.bottom - px(widget.pad[3])
        y = top + (bottom - top - len(placed.lines) * step) / 2 + size * 0.08
        color = self.theme.color(widget.color if widget.enabled else "outline")
        for line in placed.lines:
            room = right - left - text_width(line, size, widget.bold)
            x = left + {"center": room // 2, "end": room}.get(widget.align, 0)
            self.canvas.text(x, round(y), line, size, color, widget.bold)
            y += step

    def _switch(self, widget: Switch, box: Box) -> None:
        px, color = self.theme.px, self.theme.color
        middle, width, height = box.center, px(46), px(26)
        track = Box(middle.x - width // 2, middle.y - height // 2, middle.x + width // 2, middle.y + height // 2)
        if widget.on:
            self.canvas.rounded(track, height, color("primary"))
            knob, at = px(9), track.right - px(13)
        else:
            self.canvas.framed(track, height, color("outline"), color("surface"), px(2))
            knob, at = px(7), track.left + px(13)
        disc = Box(at - knob, middle.y - knob, at + knob, middle.y + knob)
        self.canvas.rounded(disc, knob, color("on_primary" if widget.on else "outline"))

    def _slider(self, widget: Slider, box: Box) -> None:
        px, color = self.theme.px, self.theme.color
        left, right, y = box.left + px(12), box.right - px(12), box.center.y
        at = left + round((right - left) * min(max(widget.value, 0.0), 1.0))
        self.canvas.rounded(Box(left, y - px(2), right, y + px(2)), px(2), color("outline"))
        self.canvas.rounded(Box(left, y - px(3), max(at, left + px(4)), y + px(3)), px(3), color("primary"))
        self.canvas.rounded(Box(at - px(11), y - px(11), at + px(11), y + px(11)), px(11), color("primary"))

    def _field(self, widget: Field, placed: PlacedWidget) -> None:
        px, color, box = self.theme.px, self.theme.color, placed.box
        focused = widget.key == self.focus
        entry = self.buffers.get(widget.key) or TextBuffer()
        size, step = self.theme.sp(widget.size), self.theme.sp(widget.size) * LINE
        x, y, right = box.left, float(box.top), box.right
        if not widget.bare:
            edge = color("primary" if focused else "outline")
            self.canvas.framed(box, px(8), edge, color("background"), px(2 if focused else 1))
            x, y, right = box.left + px(16), box.top + px(16), box.right - px(8)
        elif not widget.multiline:
            y = box.top + (box.height - step) / 2
        if widget.hint and not entry.text:
            self.canvas.text(x, round(y), widget.hint, size, color("dim"))
        elif widget.hint and not widget.bare:
            small = self.theme.sp(12)
            wide = text_width(widget.hint, small)
            label = Box(box.left + px(12), box.top - px(2), box.left + px(20) + wide, box.top + px(3))
            self.canvas.rectangle(label, color("background"))
            self.canvas.text(
                label.left + px(4), box.top - px(7), widget.hint, small, color("primary" if focused else "dim")
            )
        text, first, last = "".join(placed.lines), *entry.selection
        seen = 0
        for line in placed.lines:
            shift = self._shift(line, entry, size, right - px(4) - x) if focused and not widget.multiline else 0
            if focused and first != last and first - seen < len(line) and last > seen:
                begin = x - shift + text_width(line[: max(0, first - seen)], size)
                end = x - shift + text_width(line[: last - seen], size)
                area = Box(max(x, begin), round(y), min(end, right), round(y + step))
                self.canvas.rectangle(area, color("tint"))
            self._line(line, x, round(y), size, right, shift)
            cursor = entry.cursor - seen
            if (
                focused
                and first == last
                and (0 <= cursor <= len(line) or (seen + len(line) >= len(text) and cursor > 0))
            ):
                at = x - shift + text_width(line[: max(0, cursor)], size)
                self.canvas.rectangle(Box(at, round(y), at + px(2), round(y + step)), color("primary"))
                focused = False  # one caret
            seen += len(line) + 1
            y += step

    def _shift(self, line: str, entry: TextBuffer, size: int, room: int) -> int:
        return max(0, text_width(line[: entry.cursor], size) + self.theme.px(4) - room)

    def _line(self, line: str, x: int, y: int, size: int, right: int, shift: int) -> None:
        color = self.theme.color("text")
        if shift == 0 and x + text_width(line, size) <= right:
            self.canvas.text(x, y, line, size, color)
            return
        area = Box(x, y, right, y + round(size * LINE))
        part = self.canvas.within(area)
        part.text(-shift, 0, line, size, color)
        self.canvas.put(part, area.left, area.top)


def _moved(placed: PlacedWidget, dx: int, dy: int) -> PlacedWidget:
    def shift(box: Box) -> Box:
        return Box(box.left + dx, box.top + dy, box.right + dx, box.bottom + dy)

    children = tuple(_moved(child, dx, dy) for child in placed.children)
    return PlacedWidget(
        placed.widget, shift(placed.box), shift(placed.shown), children, placed.lines, placed.offset, placed.limit
    )
