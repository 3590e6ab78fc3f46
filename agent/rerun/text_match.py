"""Matches the words of a recorded window with those on the current screen, through other sizes, places and fonts."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from agent.grounding.similarity import similarity, tidy
from agent.rerun.axis_transform import AxisTransform, WordCandidate, estimate_axis_transform
from agent.screen.text import Word, around
from devices import Box, Point

MIN_SAME = 84.0
"""Minimum similarity, 0 to 100, to accept two readings as the same word."""
MIN_MISREAD = 70.0
"""The same for readings of what is in one place and may be one word, misread."""
MIN_CONFIDENCE = 0.7
"""Minimum confidence of the text reader, 0 to 1, in both words to say that they contradict."""
LONG_WORD = 16
"""From this many letters on a word is a path or an address, and a part of it may change."""
MAX_WEIGHT = 12
"""Letters of a word that count at most."""
MAX_LAYERS = 5
"""Parts of a window that may grow and move by themselves: a title, a menu bar, what is below."""

TIME = re.compile(r"\d?\d:\d\d(:\d\d)?([ap]m)?")


@dataclass(frozen=True, slots=True)
class WordPair:
    """A recorded word, the same word now, and the transform of the part of the window that it belongs to."""

    then: Word
    now: Word
    transform: AxisTransform


@dataclass(frozen=True, slots=True)
class TextMatch:
    """The words of a recorded window and a current one: those in both, those `lost`, and those `new`."""

    pairs: tuple[WordPair, ...]
    lost: tuple[Word, ...]
    new: tuple[Word, ...]

    @property
    def share(self) -> float:
        """The share, 0 to 1, of the letters of one window that are also in the other; the lower of both directions."""
        both = sum(weight(pair.then) for pair in self.pairs)
        most = both + max(sum(map(weight, self.lost)), sum(map(weight, self.new)))
        return both / most if most else 0.0

    def contradictions(self) -> list[tuple[Word, Word]]:
        """Each lost word with a new one in its place that says something else; a fragment of a lost word does not."""
        whole = [new for new in self.new if not any(_is_fragment(new.text, lost.text) for lost in self.lost)]
        return [(lost, new) for lost in self.lost for new in whole if self._replaces(new, lost)]

    def place(self, point: Point, neighbours: int = 3) -> tuple[float, float]:
        """Where `point` of the recorded window is now, relative to the nearest words that are in both."""
        xs, ys, total = 0.0, 0.0, 0.0
        nearest = sorted(self.pairs, key=lambda pair: (distance(point, pair.then.box), pair.then.box.area))
        for pair in nearest[:neighbours]:
            old, new = pair.then.box, pair.now.box
            inside_x, inside_y = min(max(point.x, old.left), old.right), min(max(point.y, old.top), old.bottom)
            x = new.left + (inside_x - old.left) * new.width / old.width + pair.transform.scale_x * (point.x - inside_x)
            y = new.top + (inside_y - old.top) * new.height / old.height + pair.transform.scale_y * (point.y - inside_y)
            away = distance(point, old)
            if away == 0:
                return x, y
            xs, ys, total = xs + x / away**2, ys + y / away**2, total + 1 / away**2
        return xs / total, ys / total

    def expected_box(self, word: Word) -> Box:
        """Where a lost word should be now."""
        box = word.box
        left, top = self.place(Point(box.left, box.top))
        right, bottom = self.place(Point(box.right, box.bottom))
        return Box(round(left), round(top), max(round(right), round(left) + 1), max(round(bottom), round(top) + 1))

    def resegmented(self) -> "TextMatch":
        """With the lost words paired that the reader has split otherwise: the new words in their place, joined."""
        pairs, lost, new = list(self.pairs), [], list(self.new)
        for word in self.lost:
            there = [each for each in new if overlaps(each.box, self.expected_box(word))]
            joined = "".join(each.text for each in there)
            partial = joined.endswith("...") or word.text.endswith("...") or len(joined) >= LONG_WORD
            if there and (same_word(word.text, joined) or (partial and misread_word(word.text, joined))):
                whole = Word(word.text, around(each.box for each in there), word.score)
                pairs.append(WordPair(word, whole, pairs[0].transform))
                new = [each for each in new if each not in there]
            else:
                lost.append(word)
        return TextMatch(tuple(pairs), tuple(lost), tuple(new))

    def _replaces(self, new: Word, lost: Word) -> bool:
        """Whether both words are read with confidence, and `new` has the place and about the size of `lost`."""
        if not self.pairs or min(lost.score, new.score) < MIN_CONFIDENCE:
            return False
        if not (_is_text(lost.text) and _is_text(new.text)):
            return False
        x, y = self.place(lost.box.center)
        box = new.box
        return (
            abs(x - box.center.x) <= max(8.0, 0.5 * box.width)
            and abs(y - box.center.y) < 0.7 * box.height
            and 0.4 < box.height / (lost.box.height * self.pairs[0].transform.scale_y) < 2.5
            and 1 / 3 < (box.width / lost.box.width) < 4
        )


def _is_fragment(text: str, word: str) -> bool:
    """Whether `text` is what is left of `word` where the reader lost some of its letters."""
    return text.isalpha() and len(text) < len(word) and text.casefold() in word.casefold()


def _is_text(text: str) -> bool:
    """Whether there is a letter or a digit in it, and not only signs that an icon may be read as."""
    return any(map(str.isalnum, text))


def weight(word: Word) -> float:
    """What a word counts: its letters, no more than `MAX_WEIGHT`."""
    return float(min(len(word.text), MAX_WEIGHT))


def same_word(one: str, other: str) -> bool:
    """Whether two readings are of the same word; any time of day equals any other."""
    one, other = _normalised(one), _normalised(other)
    return bool(one) and similarity(one, other) >= MIN_SAME


def misread_word(one: str, other: str) -> bool:
    """Whether two readings of what is in one place may be of the same word, misread: another number never is.

    A part of a long one, a path or an address, may change.
    """
    from rapidfuzz import fuzz

    if any(cut.endswith("...") and whole.startswith(cut[:-3]) for cut, whole in ((one, other), (other, one))):
        return True  # "do..." may be all that is shown of "document"
    one, other = _normalised(one), _normalised(other)
    if min(len(one), len(other)) >= LONG_WORD and fuzz.ratio(one, other) >= MIN_MISREAD:
        return True
    return re.findall(r"\d", one) == re.findall(r"\d", other) and fuzz.ratio(one, other) >= MIN_MISREAD


def _normalised(text: str) -> str:
    return TIME.sub("0:00", tidy(text)).replace("q", "o")  # a Q is an O with a speck


def overlaps(box: Box, place: Box) -> bool:
    """Whether the centre of `box` lies in or next to `place`."""
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return place.left - 6 <= x <= place.right + 6 and abs(y - (place.top + place.bottom) / 2) < 0.7 * place.height


def match_text(then: Sequence[Word], now: Sequence[Word], same: Callable[[str, str], bool] = same_word) -> TextMatch:
    """Pairs the words of a recorded window that are the `same` as words of a current one.

    No two pairs change sides: what stood left of, right of, above or below another word still does.
    """
    candidates = [
        WordCandidate(a, b, old.box, new.box, weight(old))
        for a, old in enumerate(then)
        for b, new in enumerate(now)
        if same(old.text, new.text)
    ]
    pairs: list[WordPair] = []
    for _ in range(MAX_LAYERS):
        if len(candidates) < 2 or (transform := estimate_axis_transform(candidates)) is None:
            break
        layer = _layer(candidates, transform, pairs, then, now)
        if not layer:
            break
        pairs += layer
        taken = ({id(pair.then) for pair in pairs}, {id(pair.now) for pair in pairs})
        candidates = [c for c in candidates if id(then[c.then]) not in taken[0] and id(now[c.now]) not in taken[1]]
    paired_then, paired_now = {id(pair.then) for pair in pairs}, {id(pair.now) for pair in pairs}
    return TextMatch(
        tuple(pairs),
        tuple(word for word in then if id(word) not in paired_then),
        tuple(word for word in now if id(word) not in paired_now),
    )


def _layer(
    candidates: list[WordCandidate],
    transform: AxisTransform,
    before: list[WordPair],
    then: Sequence[Word],
    now: Sequence[Word],
) -> list[WordPair]:
    """The candidates that fit `transform`, each word once, the best first, none on the wrong side of one `before`."""
    pairs: list[WordPair] = []
    used: tuple[set[int], set[int]] = (set(), set())
    for residual, candidate in sorted(((transform.residual(c), c) for c in candidates), key=lambda pair: pair[0]):
        pair = WordPair(then[candidate.then], now[candidate.now], transform)
        free = candidate.then not in used[0] and candidate.now not in used[1]
        if residual <= transform.tolerance and free and all(_same_side(pair, other) for other in before):
            used[0].add(candidate.then)
            used[1].add(candidate.now)
            pairs.append(pair)
    return pairs


def _same_side(pair: WordPair, other: WordPair) -> bool:
    """Whether one word lies to the other as it did: above or below it, and in one row left or right of it."""
    down_then, down_now = _side(pair.then.box, other.then.box, 1), _side(pair.now.box, other.now.box, 1)
    if down_then * down_now < 0:
        return False
    across_then, across_now = _side(pair.then.box, other.then.box, 0), _side(pair.now.box, other.now.box, 0)
    return bool(down_then or down_now or across_then * across_now >= 0)


def _side(one: Box, other: Box, axis: int) -> int:
    """1 when `one` lies wholly after `other` along the axis (0 across, 1 down), -1 when before, 0 when beside."""
    first, second = (
        ((one.left, one.right), (other.left, other.right))
        if axis == 0
        else ((one.top, one.bottom), (other.top, other.bottom))
    )
    return 1 if first[0] >= second[1] - 2 else -1 if first[1] <= second[0] + 2 else 0


def distance(point: Point, box: Box) -> float:
    """Pixels from `point` to `box`; a row away counts double, for what stands in one row belongs together."""
    across = max(box.left - point.x, point.x - box.right, 0)
    along = max(box.top - point.y, point.y - box.bottom, 0)
    return float(across + 2 * along)
