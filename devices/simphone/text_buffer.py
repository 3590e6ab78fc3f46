"""The text of one field with its cursor and selection."""

from dataclasses import dataclass


@dataclass
class TextBuffer:
    """Text being edited; the selection goes from `anchor` to `cursor`, nothing selected when they are equal."""

    text: str = ""
    cursor: int = 0
    anchor: int = 0

    @property
    def selection(self) -> tuple[int, int]:
        return min(self.cursor, self.anchor), max(self.cursor, self.anchor)

    @property
    def selected(self) -> str:
        first, last = self.selection
        return self.text[first:last]

    def put(self, text: str) -> None:
        """Set the whole text, the cursor behind it."""
        self.text, self.cursor, self.anchor = text, len(text), len(text)

    def insert(self, text: str) -> None:
        """Type `text` in place of the selection."""
        first, last = self.selection
        self.text = self.text[:first] + text + self.text[last:]
        self.cursor = self.anchor = first + len(text)

    def backspace(self) -> None:
        if self.cursor == self.anchor:
            self.anchor = max(0, self.cursor - 1)
        self.insert("")

    def forward_delete(self) -> None:
        if self.cursor == self.anchor:
            self.anchor = min(len(self.text), self.cursor + 1)
        self.insert("")

    def move(self, to: int, keep_anchor: bool = False) -> None:
        self.cursor = min(max(to, 0), len(self.text))
        if not keep_anchor:
            self.anchor = self.cursor

    def select_all(self) -> None:
        self.anchor, self.cursor = 0, len(self.text)

    def select_word(self) -> None:
        """Select the word around the cursor."""
        first = last = min(self.cursor, max(0, len(self.text) - 1))
        while first > 0 and self.text[first - 1].isalnum():
            first -= 1
        while last < len(self.text) and self.text[last].isalnum():
            last += 1
        self.anchor, self.cursor = first, last
