"""Presses a button of somebody's posts in a stream of many: an icon below each, or an entry of its menu."""

import numpy as np

from agent.builtin.instructions import Target
from agent.builtin.matching import likeness, tidy
from agent.builtin.missing import missing
from agent.builtin.outcome import Act, Done, Outcome, Turn
from agent.builtin.page.deeds_of_text import OnPosts
from agent.builtin.page.icons import OUTLINES, find_icon
from agent.builtin.targets import Sight
from devices import Box, Click, MoveTo, Point, Scroll
from devices.device import Pixels

HEIGHT = 62
"""How high a post is at most, in pixels of a plain screen."""

MENU = "more"


def on_posts(part: OnPosts, turn: Turn) -> Outcome:
    sight = turn.sight
    pressed = [step for step in turn.acts if step.decision.thought.startswith("post:")]
    if part.count and len(pressed) >= part.count:
        return Done()
    if turn.acts and turn.acts[-1].decision.thought.startswith("menu:"):
        return _from_menu(part, turn)
    name = part.button.lower()
    for post in posts_of(part.user, sight):
        spot = _icon(name if name in OUTLINES else MENU, post, sight)
        if spot is None or (name in OUTLINES and not part.single and _is_lit(spot, sight.seen.pixels)):
            continue
        if part.single and not any(isinstance(step.decision.move, MoveTo) for step in turn.tries):
            return Act(MoveTo(spot.center), "an icon that is drawn anew under the pointer may miss a first click")
        why = f"the {name} of a post by {part.user}" if name in OUTLINES else f"the menu of a post by {part.user}"
        return Act(Click(spot.center), f"{'post' if name in OUTLINES else 'menu'}: {why}")
    last = turn.tries[-1] if turn.tries else None
    if last is not None and isinstance(last.decision.move, Scroll) and not turn.changed:
        return Done("the end is reached") if pressed else missing(Target(part.user, "text"), turn)
    seen = sight.seen
    return Act(Scroll(Point(seen.width * 2 // 5, seen.height * 3 // 5), "down", 1), f"further: {part.user} may come")


def posts_of(user: str, sight: Sight) -> list[Box]:
    """Where posts by `user` lie, each from its heading to what follows, from the top."""
    unit = sight.text.scale
    headings = [line.box for line in sight.text.lines if any("@" in word.text for word in line.words)]
    found = []
    for line in sight.text.lines:
        if any(likeness(tidy(word.text).rstrip("·"), user.lower()) >= 88 for word in line.words):
            following = [b.top for b in headings if b.top > line.box.bottom]
            end = min([*following, line.box.top + HEIGHT * unit, sight.seen.height])
            found.append(Box(0, line.box.bottom, sight.seen.width, end))
    return [post for post in found if post.height > 30 * unit]


def _icon(name: str, post: Box, sight: Sight) -> Box | None:
    """The icon in its post; one that is drawn over by text stands where the other posts have theirs."""
    unit = sight.text.scale
    area = Box(4 * unit, post.top, sight.seen.width - 20 * unit, post.bottom)
    if (own := find_icon(name, area, sight)) is not None:
        return own
    row = next((icon for other in OUTLINES if (icon := find_icon(other, area, sight)) is not None), None)
    headings = [line.box for line in sight.text.lines if any("@" in word.text for word in line.words)]
    for heading in headings:
        below = Box(area.left, heading.bottom, area.right, min(heading.bottom + HEIGHT * unit, sight.seen.height))
        alike = find_icon(name, below, sight)
        if alike is not None and row is not None:
            return Box(alike.left, row.center.y - alike.height // 2, alike.right, row.center.y + alike.height // 2)
    return None


def _is_lit(icon: Box, pixels: Pixels) -> bool:
    """Whether an icon is coloured, as one that was pressed is; others are grey."""
    inside = pixels[icon.top : icon.bottom, icon.left : icon.right].astype(np.int16)
    spread = inside.max(axis=2) - inside.min(axis=2)
    return bool((spread > 60).mean() > 0.1)


def _from_menu(part: OnPosts, turn: Turn) -> Outcome:
    wanted = tidy(part.button)
    entries = [line for line in turn.sight.text.lines if likeness(tidy(line.text)[: len(wanted)], wanted) >= 85]
    fresh = [line for line in entries if turn.sight.fresh is None or line.box.center in turn.sight.fresh]
    if not fresh and not entries:
        if not any(isinstance(step.decision.move, Scroll) for step in turn.tries[-2:]):
            middle = Point(turn.sight.seen.width * 2 // 5, turn.sight.seen.height * 3 // 5)
            return Act(Scroll(middle, "down", 2), "menu: it may hang below what can be seen")
        return missing(Target(part.button, "item"), turn)
    return Act(Click((fresh or entries)[0].box.center), f"post: {part.button!r} out of its menu")
