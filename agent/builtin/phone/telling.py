"""Answers questions with what a phone's widgets say, and goes where the answer may be."""

from agent.builtin.answers import NUMBER, answer
from agent.builtin.instructions import Tell
from agent.builtin.outcome import Act, Failed, Outcome, Turn
from agent.builtin.phone.deeds import Seek
from agent.builtin.phone.facts import fact
from agent.builtin.phone.finding import row_value, switch_named
from agent.builtin.phone.locating import way_to
from agent.builtin.phone.vocabulary import SETTINGS
from agent.builtin.phone.wholes import rows_in
from agent.builtin.phone.widgets import alike, fields, row_of, texts_in, title_of, widgets, words_of
from agent.builtin.targets import Sight
from devices import Element, Observation, Wait


def told(part: Tell, sight: Sight) -> str | None:
    """What `part` asks for, as it is written; None when nothing on the screen reads like it."""
    seen = sight.seen
    if not widgets(seen):
        return answer(part, sight) if not part.how else None
    match part.how:
        case "whether":
            found = switch_named(part.what, seen)
            return None if found is None else f"{part.what} is {'on' if found.checked else 'off'}"
        case "last message":
            came = _came(seen)
            return came[-1].text if came else None
        case "row":
            row = _row_of(part.what, seen)
            return " ".join(text.text for text in texts_in(row.box, seen)) or row.text if row else None
        case "title":
            row = next((each for each in rows_in(seen)), None)
            return title_of(row, seen) if row else None
        case "fact" | "amount":
            return fact(part.what, seen, amount=part.how == "amount")
        case "":
            pass
    if part.what == "result" and (shown := _result(seen)):
        return shown
    if part.what:
        return row_value(part.what, seen, numeric="number" in part.what.lower()) or answer(part, sight)
    written = [each.text for each in fields(seen) if not each.text.lower().startswith("search")]
    return "\n".join(written) or str(sight.text) or None


def _result(seen: Observation) -> str:
    """The largest number that stands free: what a calculator shows. "" where there is none."""
    texts = [each for each in widgets(seen) if each.role == "text" and row_of(each, seen) is each]
    numbers = [each for each in texts if NUMBER.fullmatch(each.text.replace(" ", ""))]
    return max(numbers, key=lambda each: each.box.height).text if numbers else ""


def _came(seen: Observation) -> list[Element]:
    """The messages of a conversation that came from the other: what is written below its title, to the left."""
    bubbles = [each for each in widgets(seen) if each.role in ("text", "button") and each.text]
    inner = [each for each in bubbles if each.box.top > 0.1 * seen.height and each.box.bottom < 0.93 * seen.height]
    written = [each for each in inner if row_of(each, seen).role != "field"]
    return [each for each in written if each.box.left < seen.width - each.box.right]


def _row_of(what: str, seen: Observation) -> Element | None:
    """The row that speaks of all of `what`."""
    wanted = set(words_of(what))
    rows = [each for each in rows_in(seen) if wanted <= set(words_of(each.text)) or alike(what, each.text) >= 80]
    return rows[0] if rows else None


def seek(part: Seek, turn: Turn) -> Outcome:
    """The way to a screen that answers."""

    def here(seen: Observation) -> bool:
        return fact(part.what, seen, amount=part.amount) is not None

    return way_to(part.what, here, part.apps, turn, thorough=not part.apps)


def look_for(part: Tell, turn: Turn) -> Outcome:
    """The way to a screen that tells it."""
    match part.how:
        case "whether":
            return way_to(part.what, lambda seen: switch_named(part.what, seen) is not None, SETTINGS, turn)
        case "":
            if not part.what:
                return Failed("nothing is written here")
            return way_to(part.what, lambda seen: bool(row_value(part.what, seen)), SETTINGS, turn)
        case _:
            if turn.waits < 3:
                return Act(Wait(0.4), "nothing answers yet")
            return Failed(f"nothing here tells {part.what or 'it'!r}")
