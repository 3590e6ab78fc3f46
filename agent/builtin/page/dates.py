"""Picks dates in calendars that turn their pages month by month."""

import re
from calendar import month_name

from agent.builtin.instructions import Target
from agent.builtin.matching import likeness
from agent.builtin.outcome import Act, Done, Failed, Outcome, Turn
from agent.builtin.page.deeds_of_values import PickDate
from agent.builtin.targets import Found, Sight, find
from devices import Box, Click, Point


def pick_date(part: PickDate, turn: Turn) -> Outcome:
    """Open the calendar, turn its pages to the month, click the day."""
    if turn.refused:
        return Failed(turn.refused[-1].error)
    if turn.acts and turn.acts[-1].decision.thought.startswith("the day"):
        return Done("the day was clicked")
    sight = turn.sight
    shown = _month_shown(sight)
    if shown is None:
        if turn.acts:
            return Failed("no calendar came up")
        fields = [w.box for w in sight.widgets if w.kind == "field"]
        return (
            Act(Click(fields[0].center), "the calendar opens") if fields else Failed("no field for a date can be seen")
        )
    year, month, title = shown
    apart = (part.year - year) * 12 + part.month - month
    scale = sight.text.scale
    if apart:
        calendar = _around(title, sight)
        x = calendar.right - 9 * scale if apart > 0 else calendar.left + 9 * scale
        return Act(Click(Point(x, title.center.y)), f"{month_name[month]} {year} is {abs(apart)} months off")
    day = _day(part.day, title, sight)
    return Act(Click(day.at), f"the day {part.day}: {day.why}") if day else Failed(f"the day {part.day} cannot be read")


def _month_shown(sight: Sight) -> tuple[int, int, Box] | None:
    for line in sight.text.lines:
        for index, word in enumerate(line.words):
            for month in range(1, 13):
                if likeness(month_name[month].lower(), word.text.lower()) >= 80:
                    years = [w for w in line.words[index + 1 :] if re.fullmatch(r"(?:19|20)\d\d", w.text)]
                    if years:
                        return (
                            int(years[0].text),
                            month,
                            Box(word.box.left, word.box.top, years[0].box.right, word.box.bottom),
                        )
    return None


def _around(title: Box, sight: Sight) -> Box:
    """The bar of the calendar that bears the month."""
    bars = [
        r.box
        for r in sight.regions
        if title.center in r.box and r.box.height < 4 * title.height and r.box.width > title.width
    ]
    return (
        min(bars, key=lambda box: box.width * box.height)
        if bars
        else Box(title.left - 2 * title.width // 3, title.top, title.right + 2 * title.width // 3, title.bottom)
    )


def _day(day: int, title: Box, sight: Sight) -> Found | None:
    """The cell of a day: by its number, below the title."""
    places = [p for p in find(Target(str(day)), sight) if p.at.y > title.bottom and p.text.strip(".,") == str(day)]
    return places[0] if places else None
