"""Finds the elements on a screen that a target may mean: candidates with scores and reasons, best first."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from agent.grounding.geometry import front_window, title_bar, window_rank
from agent.grounding.labels import drawn_label, labels_of
from agent.grounding.relations import narrowed
from agent.grounding.role_fit import PRESSED, is_control, role_cost
from agent.grounding.similarity import label_similarity, min_similarity, words_of
from agent.grounding.target import Target
from agent.grounding.text_runs import named_lines, part_of, runs
from agent.grounding.windows import title_similarity
from agent.screen.overlap import areas, centred_in, edges_of, shared
from agent.screen.screen import Screen
from devices import Box, Element, Point
from devices.roles import FIELDS

EQUAL = 4.0
"""Scores that differ by no more than this are equally good: nothing tells which is meant."""

ALIKE = 8.0
"""Scores that differ by less than this bear the name that is counted, or that is an anchor."""

POINT = re.compile(r"\(?(\d+),\s?(\d+)\)?")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An element that may be meant, how well it fits (0 to 100, 110 for what just appeared), and why.

    With `part`, the element is only a run of words inside a longer one.
    """

    element: Element
    score: float
    reasons: tuple[str, ...] = ()
    part: bool = False

    @property
    def at(self) -> Point:
        return self.element.box.center

    @property
    def why(self) -> str:
        return ", ".join(self.reasons)


def find(target: Target, screen: Screen) -> tuple[Candidate, ...]:
    """Everything that `target` may mean, best first; empty when nothing on the screen bears its name and fits it."""
    if point := POINT.fullmatch(target.text):
        x, y = int(point[1]), int(point[2])
        return (Candidate(Element("", target.text, Box(x, y, x + 1, y + 1)), 100.0, ("a point",)),)
    found = list(_candidates(target, screen))
    if target.anchor is not None and target.side is not None:
        found = narrowed(target.side, target.anchor, found, screen, find)
    found = _with_fresh(found, screen)
    if target.ordinal:
        counted = alike(found)
        index = target.ordinal - 1 if target.ordinal > 0 else target.ordinal
        return (counted[index],) if -len(counted) <= index < len(counted) else ()
    return tuple(sorted(found, key=lambda each: -each.score))


def alike(found: Sequence[Candidate], margin: float = ALIKE) -> list[Candidate]:
    """Those of `found` that are as good as the best and of its kind, each place once, in the order of `found`."""
    best = max(found, key=lambda each: each.score, default=None)
    if best is None:
        return []
    equal = [each for each in found if each.score >= best.score - margin]
    equal = [each for each in equal if is_control(each.element) == is_control(best.element)]
    edges = edges_of([each.element.box for each in equal])
    size, kept = areas(edges), list[int]()
    for index, each in enumerate(equal):
        places = edges[kept]
        box = each.element.box
        again = np.flatnonzero(2 * shared(box, places) > np.minimum(size[kept], box.area)).tolist()
        if not again:
            kept.append(index)
        elif each.score > equal[kept[again[0]]].score:
            kept[again[0]] = index
    return [equal[index] for index in kept]


def _candidates(target: Target, screen: Screen) -> Iterator[Candidate]:
    """What `target` may mean by its text and role alone, in reading order."""
    if target.role in ("window", "dialog"):
        yield from _windows(target, screen)
    elif target.role in ("word", "line"):
        found = runs(target.text, screen) if target.role == "word" else named_lines(target.text, screen)
        yield from (_judged(Candidate(element, score), target, screen) for element, score in found)
    elif target.text:
        found_any = False
        for candidate in _named(target, screen):
            found_any = True
            yield candidate
        if not found_any and target.role in FIELDS and (field := drawn_label(target.text, screen)) is not None:
            yield _judged(Candidate(field, 90.0, ("its label is drawn there",)), target, screen)
        elif not found_any and target.role in ("", "text", "link", "item"):
            for element, score in runs(target.text, screen):
                yield _judged(Candidate(element, score - 12, ("words in a text",), part=True), target, screen)
    else:
        for element in screen.elements:
            cost = role_cost(target.role, element)
            if cost is not None and cost < 3:
                yield _judged(Candidate(element, 90 - cost, (f"a {element.role}",)), target, screen)


def _named(target: Target, screen: Screen) -> Iterator[Candidate]:
    least, bar = min_similarity(target.text), title_bar(screen)
    for element in screen.elements:
        if bar is not None and len(element.text) <= 2 and element.source != "device" and element.box.center in bar:
            continue  # the signs on a window's own buttons are never meant
        cost = role_cost(target.role, element)
        if cost is None or element.role == "window" or (not target.role and _is_content(element)):
            continue
        score, where = _name_score(target, element, screen)
        longer = not is_control(element) and len(words_of(element.text)) > len(words_of(target.text))
        if longer and (part := part_of(element, target.text, screen)):
            why = f"part of {element.text[:40]!r}"
            yield _judged(Candidate(part[0], part[1] - cost - 10, (why,), part=True), target, screen)
        elif score >= least:
            reasons = (f"the {element.role} {element.text!r}", *((where,) if where else ()))
            if cost >= 6 and target.role:
                reasons += (f"no {target.role} has that name",)
            yield _judged(Candidate(element, score - cost, reasons), target, screen)


def _is_content(element: Element) -> bool:
    """Whether the name of a field is but what is written in it, so that the words themselves are meant."""
    return (
        element.role in FIELDS and element.source == "drawn" and bool(element.value) and element.text in element.value
    )


def _name_score(target: Target, element: Element, screen: Screen) -> tuple[float, str]:
    """How well an element's name, hint or value is what is wanted, 0 to 100, and which of them it was."""
    wanted = target.text
    name = label_similarity(wanted, element.text) if element.text else 0.0
    if 0 < name < 95 and (title := title_of(element, screen)):
        # A summary says what lies behind a row, its title what it is.
        name = max(name - 14, label_similarity(wanted, title))
    rated: list[tuple[float, str]] = [(name, "")]
    rated += [(label_similarity(wanted, label) - 1, f"labelled {label!r}") for label in labels_of(element, screen)]
    if element.hint:
        rated.append((label_similarity(wanted, element.hint) - 3, "by its hint"))
    # A drawn field may hold the hint that it is known by, below a heading that was taken for its label.
    hinted = target.role in FIELDS and element.role in FIELDS and element.source == "drawn"
    if element.value and (element.role == "choice" or hinted):
        rated.append((label_similarity(wanted, element.value) - 6, "by what is in it"))
    return max(rated)


def title_of(element: Element, screen: Screen) -> str:
    """The first text in a row, where its name is made of several."""
    if element.role not in PRESSED:
        return ""
    within = (screen.elements[index] for index in np.flatnonzero(centred_in(element.box, screen.edges)).tolist())
    first = next((each for each in within if not is_control(each)), None)
    return first.text if first is not None and first.text != element.text and first.text in element.text else ""


def _judged(candidate: Candidate, target: Target, screen: Screen) -> Candidate:
    """`candidate` with what makes it worse than its name: where it is, and whether it can be used."""
    element, score, reasons = candidate.element, candidate.score, list(candidate.reasons)
    if rank := window_rank(element.box, screen):
        score -= 10.0 * min(rank, 3)
        reasons.append("in a window behind")
    bar = title_bar(screen)
    if bar is not None and not is_control(element) and element.box.center in bar:
        score -= 12
        reasons.append("in the title bar")
    if not element.enabled:
        score -= 5
        reasons.append("it is disabled")
    return replace(candidate, score=score, reasons=tuple(reasons))


def _with_fresh(found: list[Candidate], screen: Screen) -> list[Candidate]:
    """`found`, with what lies alone of its name in what just opened ahead of the others: the item of a menu."""
    fresh = screen.fresh
    if fresh is None or fresh.height < 4 * screen.unit or fresh.area > 0.8 * screen.seen.box.area:
        return found
    best = max((each.score for each in found), default=0.0)
    new = [each for each in found if each.score > best - 2 * ALIKE and each.element.box.center in fresh]
    if len({each.element.box.center for each in new}) != 1 or len(found) == 1:
        return found
    ahead = replace(new[0], score=best + ALIKE, reasons=(*new[0].reasons, "just appeared"))
    return [ahead if each is new[0] else each for each in found]


def _windows(target: Target, screen: Screen) -> Iterator[Candidate]:
    """Windows by their titles, each standing for its title bar; without a name, the one in front."""
    front = front_window(screen)
    for rank, window in enumerate(screen.windows):
        score = title_similarity(target.text, window.text) if target.text else 90.0 * (window is front)
        if score:
            bar = Box(window.box.left, window.box.top, window.box.right, window.box.top + 2 * screen.unit)
            yield Candidate(replace(window, box=bar), score - 5.0 * rank, ("a window",))
