"""Closed vocabularies: key names, ordinals, numbers, and the words for roles."""

import re

KEYS = {
    "enter": "enter", "return": "enter", "esc": "esc", "escape": "esc", "tab": "tab", "space": "space",
    "spacebar": "space", "space bar": "space", "backspace": "backspace", "back space": "backspace",
    "delete": "delete", "del": "delete", "insert": "insert", "ins": "insert", "home": "home", "end": "end",
    "pageup": "pageup", "page up": "pageup", "pgup": "pageup", "pagedown": "pagedown", "page down": "pagedown",
    "pgdn": "pagedown", "pgdown": "pagedown", "up": "up", "down": "down", "left": "left", "right": "right",
    "up arrow": "up", "down arrow": "down", "left arrow": "left", "right arrow": "right", "arrow up": "up",
    "arrow down": "down", "arrow left": "left", "arrow right": "right", "plus": "+", "minus": "-", "equals": "=",
    "equal": "=", "equal sign": "=", "equals sign": "=", "slash": "/", "dot": ".", "period": ".", "comma": ",",
    "asterisk": "*", "print screen": "printscreen", "menu": "menu", "caps lock": "capslock",
}  # fmt: skip

MODIFIERS = {
    "ctrl": "ctrl", "control": "ctrl", "alt": "alt", "option": "alt", "shift": "shift",
    "super": "super", "win": "super", "windows": "super", "cmd": "super", "command": "super", "meta": "super",
}  # fmt: skip

ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "last": -1,
}  # fmt: skip

NUMBERS = {
    "once": 1, "twice": 2, "thrice": 3, "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "zero": 0, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20,
    "thirty": 30,
}  # fmt: skip

ROLE_WORDS = {
    "button": "button, push button, key",
    "link": "link, hyperlink",
    "field": "field, text field, input, input field, text box, textbox, text input, edit box, input box, entry field, "
    "box, bar, text area, textarea",
    "checkbox": "checkbox, check box, tick box",
    "radio": "radio button, radio",
    "switch": "switch, toggle, toggle switch",
    "slider": "slider",
    "spinner": "spinner, spin box, spinbox, stepper",
    "choice": "dropdown, drop-down, dropdown list, drop-down list, dropdown menu, drop-down menu, combo box, combobox, "
    "select box",
    "progress": "progress bar",
    "tab": "tab",
    "menu": "menu, submenu",
    "menuitem": "menu item, menu entry, menu option",
    "item": "item, list item, entry, option, row, file, folder, directory",
    "list": "list",
    "table": "table, grid",
    "cell": "cell",
    "icon": "icon",
    "image": "image, picture, photo",
    "heading": "heading, header",
    "text": "text, label, title, message, paragraph, letter, number, digit",
    "word": "word",
    "line": "line",
    "window": "window",
    "dialog": "dialog, dialogue, dialog box, message box, popup, pop-up",
    "section": "section, panel, pane, group, column, sidebar, toolbar, tool bar, menu bar, form",
}
"""What people call each role of devices/roles.py; the last rows are parts of text and of the screen, which hold
others."""

ROLES = {word: role for role, words in ROLE_WORDS.items() for word in words.split(", ")}
ROLE = "|".join(sorted((re.escape(word) for word in ROLES), key=len, reverse=True))
CONTAINERS = frozenset({"window", "dialog", "section", "menu", "list", "table", "choice", "item", "field", "tab"})
"""Roles of what another thing may be in."""


def number(text: str) -> float | None:
    """A number in digits or words; None if it is none."""
    text = text.strip().lower()
    if text in NUMBERS:
        return NUMBERS[text]
    return float(text) if re.fullmatch(r"\d{1,9}(?:\.\d{1,9})?", text) else None


def chord(text: str) -> tuple[str, ...] | None:
    """The keys of one chord, "Ctrl-Shift-S" or "the Enter key"; None if the words name no keys."""
    words = re.sub(r"^the |^(?:the )?key | keys?$", "", text.strip().strip(".").lower()).strip()
    if words in KEYS:
        return (KEYS[words],)
    if re.fullmatch(r"f ?\d{1,2}", words):
        return (words.replace(" ", ""),)
    if len(words) == 1:
        return (text.strip() if len(text.strip()) == 1 else words,)
    pressed: list[str] = []
    modifier = "|".join(MODIFIERS)
    while found := re.match(rf"({modifier})(?:\s*[+-]\s*|\s+and\s+|\s+plus\s+|\s+)(?=\S)", words):
        pressed.append(MODIFIERS[found[1]])
        words = words[found.end() :]
    if pressed:
        last = (MODIFIERS[words],) if words in MODIFIERS else chord(words)
        return (*pressed, *last) if last else None
    return (MODIFIERS[words],) if words in MODIFIERS else None


def ordinal(word: str) -> int:
    """1 for "first" or "1st", -1 for "last"; 0 if the word is no ordinal."""
    if found := re.fullmatch(r"(\d+)(?:st|nd|rd|th)", word.lower()):
        return int(found[1])
    return ORDINALS.get(word.lower(), 0)
