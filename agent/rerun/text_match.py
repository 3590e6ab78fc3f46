"""What was written in a recorded window laid over what is written on today's screen: for other sizes, places, fonts."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from agent.builtin.screen_text import Word, around
from agent.builtin.similarity import similarity, tidy
from agent.rerun.stretching import Stretched, WordPair, stretched
from devices import Box, Point

ALIKE = 84.0
"""The least likeness, of 100, of two readings of one word."""
NEAR = 70.0
"""The least likeness of two readings of what may be one word, badly read."""
SURE = 0.7
"""How certain the reader must be of both words to say that they contradict."""
LONG = 16
"""Letters of a word from which on it is a path or an address: three quarters of it alike are enough, in its place."""
LAYERS = 5
"""A title, a menu bar and what is below grow and move by themselves: so many parts of a window are told apart."""

TIME = re.compile(r"\d?\d:\d\d(:\d\d)?([ap]m)?")


@dataclass(frozen=True, slots=True)
class Pair:
    """A recorded word, the same word today, and how the part of the window it belongs to has grown."""

    then: Word
    now: Word
    way: Stretched


@dataclass(frozen=True, slots=True)
class Wording:
    """Two readings of a window: what is in both, what is in one only."""

    pairs: tuple[Pair, ...]
    lost: tuple[Word, ...]
    new: tuple[Word, ...]

    @property
    def share(self) -> float:
        """The share of the letters, in the worse of both directions, that the other reading has too."""
        both = sum(weight(pair.then) for pair in self.pairs)
        most = both + max(sum(map(weight, self.lost)), sum(map(weight, self.new)))
        return both / most if most else 0.0

    def contradictions(self) -> list[tuple[Word, Word]]:
        """Words that stand in the same place and say different things; a piece of a lost word does not."""
        whole = [come for come in self.new if not any(_is_piece(come.text, gone.text) for gone in self.lost)]
        return [(gone, come) for gone in self.lost for come in whole if self._stands_for(come, gone)]

    def expected(self, word: Word) -> Box:
        """Where a word that is in one reading only should be today."""
        box = word.box
        left, top = moved(Point(box.left, box.top), self)
        right, bottom = moved(Point(box.right, box.bottom), self)
        return Box(round(left), round(top), max(round(right), round(left) + 1), max(round(bottom), round(top) + 1))

    def mended(self) -> "Wording":
        """With the words that were cut otherwise: what is in their place, put together, is the same."""
        pairs, lost, new = list(self.pairs), [], list(self.new)
        for word in self.lost:
            there = [each for each in new if overlaps(each.box, self.expected(word))]
            together = "".join(each.text for each in there)
            cut = together.endswith("...") or word.text.endswith("...") or len(together) >= LONG
            if there and (alike(word.text, together) or (cut and near(word.text, together))):
                both = Word(word.text, around(each.box for each in there), word.score)
                pairs.append(Pair(word, both, pairs[0].way))
                new = [each for each in new if each not in there]
            else:
                lost.append(word)
        return Wording(tuple(pairs), tuple(lost), tuple(new))

    def _stands_for(self, come: Word, gone: Word) -> bool:
        if not self.pairs or min(gone.score, come.score) < SURE or not (_says(gone.text) and _says(come.text)):
            return False
        x, y = moved(gone.box.center, self)
        box = come.box
        return (
            abs(x - box.center.x) <= max(8.0, 0.5 * box.width)
            and abs(y - box.center.y) < 0.7 * box.height
            and 0.4 < box.height / (gone.box.height * self.pairs[0].way.along) < 2.5
            and 1 / 3 < (box.width / gone.box.width) < 4
        )


def _is_piece(text: str, word: str) -> bool:
    """Whether `text` is what is left of `word` where the reader lost some of its letters."""
    return text.isalpha() and len(text) < len(word) and text.casefold() in word.casefold()


def _says(text: str) -> bool:
    """Whether there is a letter or a digit in it, and not only signs that an icon may have been read as."""
    return any(map(str.isalnum, text))


def weight(word: Word) -> float:
    """What a word counts: its letters, no more than twelve."""
    return float(min(len(word.text), 12))


def alike(one: str, other: str) -> bool:
    """Whether two readings are of the same word; any time of day is like any other."""
    one, other = _timeless(one), _timeless(other)
    return bool(one) and similarity(one, other) >= ALIKE


def near(one: str, other: str) -> bool:
    """Whether two readings of what is in one place may be of the same word, badly read: another number never is.

    A long one is a path or an address, which may have a part that changes.
    """
    from rapidfuzz import fuzz

    if any(cut.endswith("...") and whole.startswith(cut[:-3]) for cut, whole in ((one, other), (other, one))):
        return True  # "do..." may be all that is shown of "document"
    one, other = _timeless(one), _timeless(other)
    if min(len(one), len(other)) >= LONG and fuzz.ratio(one, other) >= NEAR:
        return True
    return re.findall(r"\d", one) == re.findall(r"\d", other) and fuzz.ratio(one, other) >= NEAR


def _timeless(text: str) -> str:
    return TIME.sub("0:00", tidy(text)).replace("q", "o")  # a Q is an O with a speck


def overlaps(box: Box, place: Box) -> bool:
    """Whether the middle of `box` lies in or next to `place`."""
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return place.left - 6 <= x <= place.right + 6 and abs(y - (place.top + place.bottom) / 2) < 0.7 * place.height


def compared(then: Sequence[Word], now: Sequence[Word], same: Callable[[str, str], bool] = alike) -> Wording:
    """The words of a recorded window laid over those of a window today.

    Words that are the `same` are paired as long as none of two changes sides: what stood left of, right of, above or
    below another word still does.
    """
    candidates = [
        WordPair(a, b, old.box, new.box, weight(old))
        for a, old in enumerate(then)
        for b, new in enumerate(now)
        if same(old.text, new.text)
    ]
    pairs: list[Pair] = []
    for _ in range(LAYERS):
        if len(candidates) < 2 or (way := stretched(candidates)) is None:
            break
        layer = _paired(candidates, way, pairs, then, now)
        if not layer:
            break
        pairs += layer
        taken = ({id(pair.then) for pair in pairs}, {id(pair.now) for pair in pairs})
        candidates = [c for c in candidates if id(then[c.then]) not in taken[0] and id(now[c.now]) not in taken[1]]
    paired_then, paired_now = {id(pair.then) for pair in pairs}, {id(pair.now) for pair in pairs}
    return Wording(
        tuple(pairs),
        tuple(word for word in then if id(word) not in paired_then),
        tuple(word for word in now if id(word) not in paired_now),
    )


def _paired(
    candidates: list[WordPair], way: Stretched, before: list[Pair], then: Sequence[Word], now: Sequence[Word]
) -> list[Pair]:
    """The candidates that lie where `way` has them, each word once, the nearest first, none on another's wrong side."""
    pairs: list[Pair] = []
    used: tuple[set[int], set[int]] = (set(), set())
    for off, candidate in sorted(((way.off(c), c) for c in candidates), key=lambda pair: pair[0]):
        pair = Pair(then[candidate.then], now[candidate.now], way)
        free = candidate.then not in used[0] and candidate.now not in used[1]
        if off <= way.play and free and all(_same_side(pair, other) for other in before):
            used[0].add(candidate.then)
            used[1].add(candidate.now)
            pairs.append(pair)
    return pairs


def _same_side(pair: Pair, other: Pair) -> bool:
    """Whether one word lies to the other as it did: above or below it, and in one row left or right of it."""
    down_then, down_now = _beyond(pair.then.box, other.then.box, 1), _beyond(pair.now.box, other.now.box, 1)
    if down_then * down_now < 0:
        return False
    across_then, across_now = _beyond(pair.then.box, other.then.box, 0), _beyond(pair.now.box, other.now.box, 0)
    return bool(down_then or down_now or across_then * across_now >= 0)


def _beyond(one: Box, other: Box, axis: int) -> int:
    """1 when `one` lies wholly after `other` along the axis (0 across, 1 down), -1 when before, 0 when beside."""
    first, second = (
        ((one.left, one.right), (other.left, other.right))
        if axis == 0
        else (
            (one.top, one.bottom),
            (other.top, other.bottom),
        )
    )
    return 1 if first[0] >= second[1] - 2 else -1 if first[1] <= second[0] + 2 else 0


def moved(point: Point, wording: Wording, near: int = 3) -> tuple[float, float]:
    """Where `point` of the recorded window is today: as it lies to the nearest words that are in both readings."""
    xs, ys, total = 0.0, 0.0, 0.0
    for pair in sorted(wording.pairs, key=lambda pair: (distance(point, pair.then.box), _area(pair.then.box)))[:near]:
        old, new = pair.then.box, pair.now.box
        inside_x, inside_y = min(max(point.x, old.left), old.right), min(max(point.y, old.top), old.bottom)
        x = new.left + (inside_x - old.left) * new.width / old.width + pair.way.across * (point.x - inside_x)
        y = new.top + (inside_y - old.top) * new.height / old.height + pair.way.along * (point.y - inside_y)
        away = distance(point, old)
        if away == 0:
            return x, y
        xs, ys, total = xs + x / away**2, ys + y / away**2, total + 1 / away**2
    return xs / total, ys / total


def _area(box: Box) -> int:
    return box.width * box.height


def distance(point: Point, box: Box) -> float:
    """Pixels from `point` to `box`; a row away counts double, for what stands in one row belongs together."""
    across = max(box.left - point.x, point.x - box.right, 0)
    along = max(box.top - point.y, point.y - box.bottom, 0)
    return float(across + 2 * along)
