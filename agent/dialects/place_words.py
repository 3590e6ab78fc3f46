"""Finds the places that an answer tells in tags or in words."""

import re
from collections.abc import Iterator, Sequence

_NUMBER = r"\s{0,3}-?\d{1,9}(?:\.\d{1,9})?\s{0,3}"
_PAIR = rf"[(\[（]({_NUMBER})[,，]({_NUMBER})[)\]）]"
_FOUR = rf"[(\[（]({_NUMBER}),({_NUMBER}),({_NUMBER}),({_NUMBER})[)\]）]"
_TAGGED = re.compile(rf"<\|box_start\|>(?:{_PAIR}(?:,\s?{_PAIR})?|{_FOUR})(?:<\|box_end\|>)?")
_IN_TAGS = re.compile(rf"<(point|bbox|box)>[(\[]{{0,2}}({_NUMBER}(?:[\s,]{_NUMBER}){{1,3}})[)\]]{{0,2}}</\1>")
_BY_NAME = re.compile(rf"\bx\s?[=:：]({_NUMBER})[,，;]?\s?(?:and )?\by\s?[=:：]({_NUMBER})", re.IGNORECASE)
_BOX = rf"{_FOUR}|{_PAIR}\s?(?:,|-|–|to|and)\s?{_PAIR}"
_PLACE = re.compile(rf"{_BOX}|{_PAIR}", re.IGNORECASE)
_CORNER = r"[ -]?(?:corner)?[^()\[\]（）]{0,40}?"
_FIRST_CORNER = re.compile(rf"(?:(?:top|upper)[ -]?left|left[ -]?top){_CORNER}{_PAIR}", re.IGNORECASE)
_LAST_CORNER = re.compile(rf"(?:(?:bottom|lower)[ -]?right|right[ -]?bottom){_CORNER}{_PAIR}", re.IGNORECASE)
_EXTENTS = re.compile(
    rf"{_PAIR}[^()\[\]]{{0,40}}\bwidth (?:of )?({_NUMBER})[^()\[\]]{{0,20}}\bheight (?:of )?({_NUMBER})"
)
_CUE = re.compile(
    r"(?:\b(?:at|is|are|click(?:ing)?|tap|press|coordinates?|points?|position|location|cent(?:er|re)|answer)|[:：=])"
    r"[\s*`'\"]{0,4}\Z",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:no|not|isn't|never|without)\b[^.;,:()\[\]]{0,40}\Z", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,;.]{0,9}(?:and\s)?\Z")
LABEL_TAG = re.compile(r"<(?:\|object_ref_start\||ref)>(.{0,200}?)<(?:\|object_ref_end\||/ref)>", re.DOTALL)
_NOTHING = re.compile(r"\b(none|null|no|not|nothing|cannot|can't|isn't|aren't|doesn't)\b", re.IGNORECASE)
_EMPTY = re.compile(r"(?:```\w*)?(?:\[\]|\{\})?(?:```)?")

Told = tuple[str, list[float]]
"""No label, and the numbers of a point or a box."""


def tagged_places(text: str) -> Iterator[Told]:
    """The places in `<|box_start|>`, `<point>`, `<bbox>` and `<box>` tags."""
    for match in _TAGGED.finditer(text):
        yield "", _numbers(match)
    for match in _IN_TAGS.finditer(text):
        numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", match[2])]
        if len(numbers) != 3:
            yield "", numbers


def told_places(text: str) -> Iterator[Told]:
    """The places told in words: two corners, a corner with width and height, or points in brackets.

    Of several that are no list, those count that the words before call a place: "cell (3, 4) is at (100, 200)". Raises
    `ValueError` where the words call none of them so.
    """
    first, last = _FIRST_CORNER.search(text), _LAST_CORNER.search(text)
    if first and last:
        yield "", _numbers(first) + _numbers(last)
        return
    if sized := _EXTENTS.search(text):
        x, y, width, height = _numbers(sized)
        yield "", [x, y, x + width, y + height]
        return
    yield from (("", _numbers(match)) for match in _meant(text, _candidates(text)))


def says_nothing(text: str) -> bool:
    """Whether an answer without places says that there is none."""
    return bool(_EMPTY.fullmatch("".join(text.split())) or _NOTHING.search(text))


def _candidates(text: str) -> Sequence[re.Match[str]]:
    if named := list(_BY_NAME.finditer(text)):
        return named
    return list(_PLACE.finditer(text))


def _meant(text: str, places: Sequence[re.Match[str]]) -> Sequence[re.Match[str]]:
    places = [place for place in places if not _DENIED.search(text[max(0, place.start() - 60) : place.start()])]
    if len({tuple(_numbers(place)) for place in places}) <= 1:
        return places
    ends = [place.end() for place in places[:-1]]
    if all(_BETWEEN.fullmatch(text[end : place.start()]) for end, place in zip(ends, places[1:], strict=True)):
        return places
    called = [place for place in places if _CUE.search(text[max(0, place.start() - 40) : place.start()])]
    if not called:
        raise ValueError(f"one place was wanted; found {len(places)}, and no word says which is meant")
    return called


def _numbers(match: re.Match[str]) -> list[float]:
    return [float(number) for number in match.groups() if number is not None]
