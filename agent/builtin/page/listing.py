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
from agent.builtin.page.filling import clicked, first_sight, typed
from agent.builtin.screen_text import ScreenText, TextLine, Word
from agent.builtin.targets import Sight
from devices import Box, Click, Point, TypeText, Wait
from devices.device import Pixels

PRICE = re.compile(r"[$€£]\s?(\d[\d,]*(?:\.\d+)?)|(\d[\d,]*(?:\.\d+)?)\s?(?:[$€£]|USD|EUR)")
DURATION = re.compile(r"(?:(\d+)\s?d\w*\s*)?(?:(\d+)\s?h\w*)?\s*(?:(\d+)\s?m\w*)?")
MOST_PAGES = 8
ARROWS = {"≥": ">", "»": ">", "›": ">", "≤": "<", "«": "<", "‹": "<"}


def click_result(part: ClickResult, turn: Turn) -> Outcome:
    first, pages = links(first_sight(turn))
    if not first:
        return missing(Target("search result", "link"), turn)
    page, index = (part.ordinal - 1) // len(first) + 1, (part.ordinal - 1) % len(first)
    turned = len(turn.acts)
    if turned > (page > 1):
        return Done()
    if page > 1 and not turned:
        number = next((p for p in pages if p.text == str(page)), None)
        if number is None:
            return Failed(f"result {part.ordinal} would be on page {page}, which is not offered")
        return Act(Click(number.box.center), f"{len(first)} on a page: result {part.ordinal} is on page {page}")
    results, _ = links(turn.sight)
    if index < len(results):
        return Act(Click(results[index].box.center), f"result {index + 1} of this page")
    return missing(Target("search result", "link", part.ordinal), turn)


def links(sight: Sight) -> tuple[list[TextLine], list[Word]]:
    """Lines drawn like links, in reading order, and the numbers and arrows that turn pages."""
    lines = [line for line in sight.text.lines if _blue(line, sight.seen.pixels)]
    return [line for line in lines if re.search(r"[^\W\d_]{2}", line.text)], _turners(sight.text)


def _turners(text: ScreenText) -> list[Word]:
    """What turns pages: numbers and arrows in a row, apart even where they were read as one word, "123>"."""
    found = []
    for word in text.words:
        if re.fullmatch(r"[\d<>≤≥«»‹›]+", word.text) and (len(word.text) > 1 or len(text.lines) > 1):
            wide, box = word.box.width / len(word.text), word.box
            for at, sign in enumerate(word.text):
                left = box.left + round(at * wide)
                found.append(
                    Word(ARROWS.get(sign, sign), Box(left, box.top, left + round(wide), box.bottom), word.score)
                )
    return found


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
    first = first_sight(turn)
    box = next((b for b in text_boxes(first.text, first.seen.pixels) if clicked(turn)[0] in b), None)
    below = [line for line in sight.text.lines if box is None or line.box.top >= box.bottom - 2]
    offers = [line for line in below if _begins(line.text, part.begins)]
    best = max(offers, key=lambda line: _ending(line.text, part.ends), default=None)
    if best is not None and (len(offers) == 1 or _ending(best.text, part.ends) >= 60):
        return Act(Click(best.box.center), f"{best.text!r} is offered")
    if turn.waits < 2:
        return Act(Wait(0.4), "no completion is offered yet")
    return Failed(f"no completion of {part.begins!r} that ends with {part.ends!r} is offered")


def _begins(text: str, wanted: str) -> bool:
    return likeness(tidy(text[: len(wanted)]), tidy(wanted)) >= 80


def _ending(text: str, wanted: str) -> float:
    return likeness(tidy(text[-len(wanted) :]), tidy(wanted)) if wanted else 100.0


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
    if turn.acts and "is here" in turn.acts[-1].decision.thought:
        return Done()
    here = any(likeness(tidy(line.text), tidy(part.name)) >= 82 for line in sight.text.lines)
    if here:
        for row in rows_of(sight.text):
            if likeness(tidy(row.text.split(":")[0]), tidy(part.what.split()[0])) >= 80:
                at = Point(row.box.right - row.box.height, row.box.center.y)
                return Act(Click(at), f"{part.name!r} is here, with {row.text!r}")
        return missing(Target(part.what, "text"), turn)
    following = [word for word in _turners(sight.text) if word.text == ">"]
    if len(turn.acts) >= MOST_PAGES or not following:
        return missing(Target(part.name, "text"), turn)
    return Act(Click(following[-1].box.center), f"not {part.name!r}: the next page")
