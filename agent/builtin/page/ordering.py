"""Puts items of a long list into an order, and buys when a price is low."""

from agent.builtin.instructions import Target
from agent.builtin.matching import likeness, tidy
from agent.builtin.missing import missing
from agent.builtin.outcome import Act, Done, Outcome, Turn
from agent.builtin.page.deeds_of_text import AddItems, BuyBelow
from agent.builtin.page.listing import PRICE
from agent.builtin.targets import Sight, find
from devices import Click, Point, Scroll, Wait

MOST_LOOKS = 60


def add_items(part: AddItems, turn: Turn) -> Outcome:
    """Press the plus of every item, scrolling on for those that cannot be seen yet."""
    done = [step.decision.thought for step in turn.acts if isinstance(step.decision.move, Click)]
    left = [item for item in part.items if not any(repr(item) in thought for thought in done)]
    if not left:
        return Done()
    for item in left:
        if (spot := _plus(item, turn.sight)) is not None:
            return Act(Click(spot), f"one more of {item!r}")
    last = turn.tries[-1] if turn.tries else None
    if last is not None and isinstance(last.decision.move, Scroll) and not turn.changed:
        return missing(Target(left[0], "item"), turn)
    seen = turn.sight.seen
    return Act(Scroll(Point(seen.width * 2 // 5, seen.height * 3 // 5), "down", 1), f"{left[0]!r} cannot be seen yet")


def _plus(item: str, sight: Sight) -> Point | None:
    """The plus in the row where an item begins; its name may go on in the next row."""
    unit = sight.text.scale
    plus = [word.box for word in sight.text.words if word.text in ("+", "十", "＋")]
    for number, line in enumerate(sight.text.lines):
        text = line.text
        following = next(
            (
                other.text
                for other in sight.text.lines[number + 1 :]
                if 0 < other.box.top - line.box.top < 20 * unit and abs(other.box.left - line.box.left) < 8 * unit
            ),
            "",
        )
        if max(likeness(tidy(text), tidy(item)), likeness(tidy(f"{text} {following}"), tidy(item))) >= 85:
            level = [box for box in plus if abs(box.center.y - line.box.center.y) < 20 * unit]
            columns = sorted(box.center.x for box in plus)
            if level:
                return level[0].center
            if columns and line.box.bottom + 4 * unit < sight.seen.height:
                return Point(columns[len(columns) // 2], line.box.center.y + 3 * unit)
    return None


def buy_below(part: BuyBelow, turn: Turn) -> Outcome:
    """Look at the price again and again, and press the button when it is low enough."""
    if any(isinstance(step.decision.move, Click) for step in turn.acts):
        return Done()
    button = find(Target("Buy", "button"), turn.sight)
    prices = [
        float((p[1] or p[2]).replace(",", "")) for line in turn.sight.text.lines if (p := PRICE.search(line.text))
    ]
    if not button or len(turn.tries) > MOST_LOOKS:
        return missing(Target("Buy", "button"), turn)
    if prices and prices[0] <= part.price:
        return Act(Click(button[0].at), f"{prices[0]} is low enough")
    return Act(Wait(0.1), f"{prices[0] if prices else 'nothing'} is not low enough yet")
