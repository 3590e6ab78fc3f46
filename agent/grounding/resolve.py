"""The one element that a target means, or why nobody can tell: several are equal, or none bears the name."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from agent.grounding.find import EQUAL, Candidate, alike, find
from agent.grounding.geometry import front_window, in_one_row
from agent.grounding.role_fit import is_control
from agent.grounding.similarity import label_similarity, min_similarity, similarity, tidy
from agent.grounding.target import Target
from agent.screen.screen import Screen
from devices import Element

MOST_NAMED = 3
MOST_EQUAL = 50
"""Equals whose places are described; the rest are counted."""
LONGEST_NAME = 40
CONFIDENT = 0.8
"""Minimum confidence of recognition, 0 to 1, of words that are shown to a person."""


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several elements are meant equally well; `places` says where each of the first `MOST_EQUAL` is."""

    target: Target
    candidates: tuple[Candidate, ...]
    places: tuple[str, ...]

    def __str__(self) -> str:
        several, named = len(self.candidates), "; ".join(self.places[:MOST_NAMED])
        more = f"; and {several - MOST_NAMED} more" if several > MOST_NAMED else ""
        way = 'say "the second ...", or which row or window it is in'
        return f"{self.target} is there {several} times: {named}{more}; {way}"


@dataclass(frozen=True, slots=True)
class NotFound:
    """Nothing on the screen is meant; `near` are the names that are closest to it, or else what is there."""

    target: Target
    near: tuple[str, ...] = ()
    other: str = ""
    """What bears the name but is something else: "a heading"."""

    def __str__(self) -> str:
        said = f"{self.target} is not on the screen"
        if self.other:
            return f"nothing of that kind is called {self.target.text!r}: there is only {self.other}"
        return f"{said}; {self.closest}" if self.near else said

    @property
    def closest(self) -> str:
        verb = "the closest are" if len(self.near) > 1 else "the closest is"
        return f"{verb} {_listed(self.near)}" if self.near else ""


def resolve(target: Target, screen: Screen) -> Candidate | Ambiguous | NotFound:
    """The element that `target` means on `screen`; never one of several that are equally good."""
    found = find(target, screen)
    if not found:
        return not_found(target, screen)
    equal = alike(found, EQUAL)
    if len(equal) == 1:
        return found[0]
    order = {id(element): index for index, element in enumerate(screen.elements)}
    equal.sort(key=lambda each: order.get(id(each.element), 0))
    return Ambiguous(target, tuple(equal), tuple(places(equal[:MOST_EQUAL], screen)))


def not_found(target: Target, screen: Screen) -> NotFound:
    """What a person is told of a target that is not there."""
    if target.role and target.text:
        least = min_similarity(target.text)
        for element in screen.elements:
            if element.role not in ("window", target.role) and label_similarity(target.text, element.text) >= least:
                return NotFound(target, other=f"{_article(element.role)} {element.role}")
    return NotFound(target, closest(target.text, screen))


def closest(text: str, screen: Screen) -> tuple[str, ...]:
    """The names on the screen that resemble `text` most, as they are written; none that hardly do."""
    if not text:
        return ()
    names = {each.text[:LONGEST_NAME]: each for each in screen.elements if each.role != "window" and each.text}
    rated = [(max(label_similarity(text, name), similarity(tidy(text), tidy(name))), name) for name in names]
    best = sorted((pair for pair in rated if pair[0] >= 45), key=lambda pair: -pair[0])[: 3 * MOST_NAMED]
    return tuple(name for _, name in best if is_legible(names[name], screen))[:MOST_NAMED]


def is_legible(element: Element, screen: Screen) -> bool:
    """Whether its text is told by the device, or was read with confidence."""
    if element.source == "device":
        return True
    words = [word for word in screen.text.words if word.box.center in element.box]
    letters = sum(character.isalnum() for character in element.text)
    sure = all(word.score >= CONFIDENT for word in words)
    return sure and letters >= max(2, 0.6 * len(element.text.replace(" ", "")))


def places(candidates: Sequence[Candidate], screen: Screen) -> list[str]:
    """Where each of `candidates` is, in words: its row, its window, what it is below; else its point."""
    labels = [e for e in screen.elements if e.text and e.role != "window" and is_legible(e, screen)]
    own = {tidy(each.element.text) for each in candidates}
    labels = [e for e in labels if tidy(e.text) not in own and len(e.text) <= LONGEST_NAME]
    rows = [[e.text for e in labels if in_one_row(e.box, each.element.box)] for each in candidates]
    holders = Counter(name for row in rows for name in set(row))
    above = [_above(each, labels) for each in candidates]
    behind = [next((w.text for w in screen.windows if each.at in w.box), "") for each in candidates]
    said = []
    for number, each in enumerate(candidates):
        if row := next((name for name in rows[number] if holders[name] == 1), ""):
            said.append(f"in the row of {row!r}")
        elif len(set(behind)) == len(behind):
            said.append(f"in the window {behind[number]!r}")
        elif above[number] and above.count(above[number]) == 1:
            said.append(f"below {above[number]!r}")
        else:
            said.append(f"at {each.at}")
    return said


def _above(candidate: Candidate, labels: Sequence[Element]) -> str:
    box = candidate.element.box
    over = [e for e in labels if e.box.bottom <= box.top and e.box.left < box.right and e.box.right > box.left]
    return max(over, key=lambda e: (not is_control(e), e.box.bottom)).text if over else ""


def summary(screen: Screen) -> str:
    """What is on the screen, or in the window in front, in a few names."""
    front = front_window(screen)
    area = front.box if front else screen.seen.box
    names = (e.text for e in screen.elements if e.box.center in area and e.role != "window" and is_legible(e, screen))
    return _listed(tuple(dict.fromkeys(name[:LONGEST_NAME] for name in names if name))[:5])


def _listed(names: Sequence[str]) -> str:
    quoted = [repr(name) for name in names]
    return " and ".join((", ".join(quoted[:-1]), quoted[-1])) if len(quoted) > 1 else "".join(quoted)


def _article(noun: str) -> str:
    return "an" if noun[:1] in "aeiou" else "a"
