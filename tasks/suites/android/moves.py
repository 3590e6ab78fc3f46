"""The moves that several oracles share."""

from devices import Click, LongPress, OpenApp, Point, Press, Scroll

SETTINGS, CONTACTS, NOTES, MESSAGES, CLOCK, BROWSER = (
    OpenApp(name) for name in ("Settings", "Contacts", "Notes", "Messages", "Clock", "Browser")
)
SELECT_ALL = Press(("ctrl", "a"))


def tap(x: int, y: int) -> Click:
    return Click(Point(x, y))


def hold(x: int, y: int) -> LongPress:
    return LongPress(Point(x, y))


ALLOW = tap(540, 1271)
"""The first answer of a question for a permission."""

SAVE = tap(923, 174)
PLUS = tap(930, 2118)
"""The round button at the lower right."""

DISPLAY = tap(603, 1879)
"""The page of that name, in Settings."""

TO_THE_END = Scroll(Point(540, 1200), "down", 90)
