"""A form with one control of every kind, drawn at any scale, light or dark, outlined or flat, for tests."""

from PIL import Image, ImageDraw, ImageFont

from devices import Box

Colour = str


class DrawnForm:
    """Draws controls on a panel of 800x600 units of `scale` pixels; `boxes` are where they are, by their names."""

    def __init__(self, scale: float = 1, *, dark: bool = False, flat: bool = False, font_size: int = 13) -> None:
        self._scale, self._flat = scale, flat
        self._ground, self._ink, self._paper, self._fill, self._line = (
            ("#2d2d2d", "#eeeeec", "#1e1e1e", "#3a3a3a", "#161616")
            if dark
            else ("#f6f5f4", "#2e3436", "#ffffff", "#e4e2e0", "#c0bfbd")
        )
        self._dim = "#555555" if dark else "#c0c0c0"
        self.picture = Image.new("RGB", (self._to(800), self._to(600)), self._ground)
        self._draw = ImageDraw.Draw(self.picture)
        self._font = ImageFont.truetype("DejaVuSans.ttf", self._to(font_size))
        self.boxes: dict[str, Box] = {}

    def _to(self, length: float) -> int:
        return round(length * self._scale)

    def _place(self, name: str, left: float, top: float, width: float, height: float) -> tuple[int, int, int, int]:
        box = Box(self._to(left), self._to(top), self._to(left + width), self._to(top + height))
        self.boxes[name] = box
        return box.left, box.top, box.right - 1, box.bottom - 1

    def text(self, text: str, left: float, top: float, colour: Colour = "") -> None:
        self._draw.text((self._to(left), self._to(top)), text, colour or self._ink, self._font)

    def box(self, name: str, left: float, top: float, width: float, height: float = 30, fill: Colour = "") -> None:
        where, line = self._place(name, left, top, width, height), None if self._flat else self._line
        self._draw.rounded_rectangle(where, self._to(4), fill or self._paper, line, max(1, round(self._scale)))

    def button(self, label: str, left: float, top: float, width: float = 110, fill: Colour = "") -> None:
        self.box(label, left, top, width, 32, fill or self._fill)
        inset = (self._to(width) - self._draw.textlength(label, self._font)) / 2
        self._draw.text((self._to(left) + inset, self._to(top + 8)), label, self._ink, self._font)

    def choice(self, name: str, value: str, left: float, top: float) -> None:
        self.box(name, left, top, 220, 30, self._fill)
        self.text(value, left + 10, top + 7)
        points = [(left + 200, top + 12), (left + 210, top + 12), (left + 205, top + 18)]
        self._draw.polygon([(self._to(x), self._to(y)) for x, y in points], self._ink)

    def tick_box(self, name: str, left: float, top: float, *, on: bool) -> None:
        self.box(name, left, top, 16, 16, "#3584e4" if on else self._paper)
        if on:
            points = [(left + 3, top + 8), (left + 7, top + 12), (left + 13, top + 4)]
            self._draw.line([(self._to(x), self._to(y)) for x, y in points], "white", self._to(2))
        self.text(name, left + 24, top)

    def radio(self, name: str, left: float, top: float, *, on: bool) -> None:
        where = self._place(name, left, top, 16, 16)
        self._draw.ellipse(where, self._paper, "#888888", max(1, round(self._scale)))
        if on:
            inset = self._to(4)
            self._draw.ellipse((where[0] + inset, where[1] + inset, where[2] - inset, where[3] - inset), "#3584e4")
        self.text(name, left + 24, top)

    def switch(self, name: str, left: float, top: float, *, on: bool) -> None:
        self.text(name, left - 200, top + 4)
        self._draw.rounded_rectangle(self._place(name, left, top, 44, 24), self._to(12), "#3584e4" if on else self._dim)
        knob, inset = left + (22 if on else 2), 2
        corners = (knob, top + inset, knob + 20, top + inset + 20)
        self._draw.ellipse([self._to(edge) for edge in corners], "white")

    def slider(self, name: str, left: float, top: float) -> None:
        self.text(name, left - 100, top)
        self._draw.rectangle([self._to(v) for v in (left, top + 6, left + 100, top + 10)], "#3584e4")
        self._draw.rectangle([self._to(v) for v in (left + 100, top + 6, left + 200, top + 10)], self._dim)
        self._draw.ellipse([self._to(v) for v in (left + 92, top, left + 108, top + 16)], "white", "#888888")
        self._place(name, left, top, 200, 16)

    def spinner(self, name: str, value: str, left: float, top: float) -> None:
        self.text(name, left - 100, top + 7)
        self.box(name, left, top, 120)
        self.text(value, left + 10, top + 7)
        for at, sign in ((60, "-"), (90, "+")):
            x = self._to(left + at)
            self._draw.line((x, self._to(top), x, self._to(top + 30) - 1), self._line or self._ink, self._to(1))
            self.text(sign, left + at + 10, top + 7)

    def icon(self, name: str, left: float, top: float) -> None:
        where = self._place(name, left, top, 16, 16)
        self._draw.ellipse(where, None, self._ink, self._to(2))
        (x, y, right, bottom), inset, thick = where, self._to(4), self._to(2)
        self._draw.line(((x + right) // 2, y + inset, (x + right) // 2, bottom - inset), self._ink, thick)
        self._draw.line((x + inset, (y + bottom) // 2, right - inset, (y + bottom) // 2), self._ink, thick)
