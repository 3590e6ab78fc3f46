"""Takes one out of many: a search's result, a completion, the best offer, a page about somebody."""

import re

import numpy as np

from agent.builtin.instructions import Target
from agent.builtin.matching import likeness, tidy
from agent.builtin.missing import missing
from agent.builtin.outcome import Act, Done, Failed, Outcome, Turn
from agent.builtin.page.deeds_of_text import ClickMost, ClickResult, Complete, LookUp
from agent.builtin.page.extracting import rows_of
from agent.builtin.page.fields import text_boxes
from agent.builtin.page.filling import clicked, typed
from agent.builtin.screen_text import TextLine
from agent.builtin.targets import Sight
from devices import Click, Observation, Point, Press, TypeText, Wait
from devices.device import Pixels

PRICE = re.compile(r"[$€£]\s?(\d[\d,]*(?:\.\d+)?)|(\d[\d,]*(?:\.\d+)?)\s?(?:[$€£]|USD|EUR)")
DURATION = re.compile(r"(?:(\d+)\s?d\w*\s*)?(?:(\d+)\s?h\w*)?\s*(?:(\d+)\s?m\w*)?")
MOST_PAGES = 8


def click_result(part: ClickResult, turn: Turn) -> Outcome:
    sight = turn.sight
    results, pages = links(sight)
    first, _ = links_of(turn.acts[0].seen, sight) if turn.acts else (results, pages)
    if not results:
        return missing(Target("search result", "link"), turn)
    each = len(first)
    page, index = (part.ordinal - 1) // each + 1, (part.ordinal - 1) % each
    turned = len(turn.acts)
    if page > 1 and not turned:
        number = next((p for p in pages if p.text == str(page)), None)
        return (
            Act(Click(number.box.center), f"{each} on a page: result {part.ordinal} is on page {page}")
            if number
            else Failed(f"result {part.ordinal} would be on page {page}, which is not offered")
        )
    if turned > (page > 1):
        return Done()
    return (
        Act(Click(results[index].box.center), f"result {index + 1} of this page")
        if index < len(results)
        else missing(Target("search result", "link", part.ordinal), turn)
    )


def links(sight: Sight) -> tuple[list[TextLine], list[TextLine]]:
    """Lines drawn like links, in reading order: those with letters, and the numbers and arrows that turn pages."""
    return links_of(sight.seen, sight)


def links_of(seen: Observation, sight: Sight) -> tuple[list[TextLine], list[TextLine]]:
    lines = [line for line in sight.read(seen).lines if _blue(line, seen.pixels)]
    words = [TextLine((word,)) for line in sight.read(seen).lines for word in line.words]
    named = [line for line in lines if re.search(r"[^\W\d_]{2}", line.text)]
    return named, [word for word in words if re.fullmatch(r"\d{1,3}|[<>«»‹›]", word.text)]


def _blue(line: TextLine, pixels: Pixels) -> bool:
    box = line.box
    patch = pixels[box.top : box.bottom, box.left : box.right].reshape(-1, 3).astype(np.int16)
    ink = patch[np.abs(patch - np.median(patch, axis=0)).sum(axis=1) > 150]
    return len(ink) > 0 and bool(np.median(ink[:, 2] - ink[:, 0]) > 60)


def complete(part: Complete, turn: Turn) -> Outcome:
    sight = turn.sight
    boxes = text_boxes(sight.text, sight.seen.pixels)
    if not typed(turn):
        if not boxes:
            return missing(Target("", "field"), turn)
        return Act(Click(boxes[0].center)) if not clicked(turn) else Act(TypeText(part.begins))
    if len(clicked(turn)) > 1:
        return Done()
    box = next((b for b in boxes if clicked(turn)[0] in b), None)
    top = box.bottom if box else 0
    offers = [
        line
        for line in sight.text.lines
        if line.box.top >= top - 2 and _begins(line.text, part.begins) and _ends(line.text, part.ends)
    ]
    if offers:
        return Act(Click(offers[0].box.center), f"{offers[0].text!r} is offered")
    if turn.waits < 2:
        return Act(Wait(0.4), "no completion is offered yet")
    downs = sum(isinstance(step.decision.move, Press) for step in turn.acts)
    return Failed(f"no completion of {part.begins!r} that ends with {part.ends!r} is offered; pressed down {downs}")


def _begins(text: str, wanted: str) -> bool:
    return likeness(tidy(text[: len(wanted)]), tidy(wanted)) >= 80


def _ends(text: str, wanted: str) -> bool:
    return not wanted or likeness(tidy(text[-len(wanted) :]), tidy(wanted)) >= 80


def click_most(part: ClickMost, turn: Turn) -> Outcome:
    if turn.acts:
        return Done()
    offers = _offers(part.quality, turn.sight)
    if not offers:
        return missing(Target(part.quality, "text"), turn)
    amount, at = max(offers, key=lambda o: o[0]) if part.greatest else min(offers, key=lambda o: o[0])
    return Act(Click(at), f"{amount:g} is the {'most' if part.greatest else 'least'} of {len(offers)}")


def _offers(quality: str, sight: Sight) -> list[tuple[float, Point]]:
    """How much each offer is, and where it is taken: at its price, which stands on its button."""
    rows = rows_of(sight.text)
    found = []
    length = None
    for row in rows:
        if price := PRICE.search(row.text):
            amount = float((price[1] or price[2]).replace(",", ""))
            if quality == "price":
                found.append((amount, row.box.center))
            elif length is not None:
                found.append((length, row.box.center))
            length = None
        elif (minutes := minutes_in(row.text)) is not None:
            length = minutes
    return found


def minutes_in(text: str) -> float | None:
    """The minutes of "11h 30m", "45m" or "1d 2h"; None where no such time is written."""
    found = re.search(r"(?:(\d+)\s?d\s*)?(?:(\d+)\s?h)\s*(?:(\d+)\s?m)?|(\d+)\s?m(?:in)?\b", text)
    if found is None:
        return None
    if found[4]:
        return float(found[4])
    return 1440.0 * int(found[1] or 0) + 60.0 * int(found[2] or 0) + int(found[3] or 0)


def look_up(part: LookUp, turn: Turn) -> Outcome:
    sight = turn.sight
    here = any(likeness(tidy(line.text), tidy(part.name)) >= 88 for line in sight.text.lines)
    if here:
        if turn.acts and isinstance(turn.acts[-1].decision.move, Click) and "is here" in turn.acts[-1].decision.thought:
            return Done()
        for row in rows_of(sight.text):
            if len(row.words) > 1 and likeness(tidy(row.words[0].text), tidy(part.what.split()[0])) >= 80:
                return Act(Click(row.words[1].box.center), f"{part.name!r} is here, with {row.text!r}")
        return missing(Target(part.what, "text"), turn)
    following = [line for line in sight.text.words if line.text in (">", "»", "›", "Next", "next")]
    if len(turn.acts) >= MOST_PAGES or not following:
        return missing(Target(part.name, "text"), turn)
    return Act(Click(following[-1].box.center), f"not {part.name!r}: the next page")
