"""Parses one imperative sentence, and what its further parts ask for: "click 1, 2 and 3"."""

import re
from dataclasses import replace

from agent.builtin import instructions as do
from agent.builtin.patterns import DESKTOP, VERBS
from agent.builtin.phone.patterns import PHONE
from agent.builtin.phrases import RELATION, fits, target, without
from agent.builtin.quotes import Quotes
from agent.builtin.slots import Parsed, keys_of, match_first, times

PLACE = rf"(?P<side>in|on|inside|under|from|next to|beside|below|above) (?P<where>.+?),? (?P<rest>{VERBS}\b.+)"
ON_PHONE = (*PHONE, *DESKTOP)
MOST_CHARACTERS = 400
"""Of a sentence, its quoted texts counted as one each: what is longer has to be quoted."""

LIST = r"(?:turn|switch|enable|disable)\b.*"
"""Sentences in which a bare "and" lists: "turn on Wi-Fi and Bluetooth" turns on two things."""

MANNER = r"(?:without )?saving\b.*|(?:for )?at most .+"
"""What may follow a comma and still belongs to the sentence before it."""

NAMED = do.ClickOn | do.Tick | do.Choose | do.FollowMenu
"""Instructions whose sentences end with the name of a thing, in which there may be an "and"."""


def parse_sentence(sentence: str, quotes: Quotes, phone: bool = False) -> Parsed:
    """What one sentence asks for; None when no pattern matches."""
    if len(sentence) > MOST_CHARACTERS:
        return None
    if (parsed := match_first(ON_PHONE if phone else DESKTOP, sentence, quotes)) is not None:
        return parsed
    repeated = fits(r"(.+?),? (twice|thrice|\w+ times)", sentence)
    if repeated and (count := times(repeated[2])):
        once = parse_sentence(repeated[1], quotes, phone)
        return once * count if once else None
    placed = fits(PLACE, sentence)
    return _at_place(placed["side"], placed["where"], placed["rest"], quotes, phone) if placed else None


def _at_place(side: str, where: str, rest: str, quotes: Quotes, phone: bool) -> Parsed:
    """What `rest` asks for at a place said before it: "in the File menu", "in the Name field", "in Notes"."""
    what = target(where, quotes)
    if what is not None and what.role == "window" and what.text and not what.anchor:
        inner = parse_sentence(rest, quotes, phone)
        return (do.WindowTo("focus", what.text), *inner) if inner else None
    if phone and what is not None and not what.role and side.lower() == "in":
        inner = parse_sentence(rest, quotes, phone)
        name = without(r"^(?:the|my|this) | (?:app|application)$", quotes.bare(where))
        return (do.OpenApplication(name), *inner) if inner else None
    if what is not None and what.role in ("", "field") and (inner := parse_sentence(rest, quotes)):
        match inner:
            case (do.Write(text, None),):
                return (do.Write(text, replace(what, role="field"), afresh=True),)
            case (do.PressKeys() | do.Empty(None), *_) if what.role == "field":
                return (do.ClickOn(what), *inner)
            case _:
                pass
    return match_first(ON_PHONE if phone else DESKTOP, f"{rest} {side} {where}", quotes)


def parse_parts(parts: list[str], joints: list[str], quotes: Quotes, phone: bool) -> Parsed:
    """What a sentence of several parts asks for: a list of things, or one thing whose name has such joints in it."""
    first = parse_sentence(parts[0], quotes, phone)
    if len(parts) == 1:
        return first
    whole = parts[0] + "".join(joint + part for joint, part in zip(joints, parts[1:], strict=True))
    last = first[-1] if first else None
    text = isinstance(last, do.SetValue) or (isinstance(last, do.Write) and last.into is None)
    labels = text or all(_may_be_label(part, quotes) for part in parts[1:])
    joined = parse_sentence(whole, quotes, phone) if labels else None
    listed = _listed(first, parts[1:], quotes, phone)
    prefer = _is_list(parts, joints, quotes) if isinstance(last, NAMED) else not isinstance(last, do.PressKeys)
    return (listed or joined) if prefer else (joined or listed)


def takes_label(sentence: str, quotes: Quotes, phone: bool) -> bool:
    """Whether `sentence` ends with the name of a thing, without quotes."""
    parsed = None if quotes.any(sentence) else parse_sentence(sentence, quotes, phone)
    return parsed is not None and isinstance(parsed[-1], NAMED)


def takes_key(sentence: str, part: str, quotes: Quotes) -> bool:
    """Whether `sentence` presses keys, and `part` names one more: "press ctrl+a, then delete"."""
    first = parse_sentence(sentence, quotes)
    return first is not None and isinstance(first[-1], do.PressKeys) and keys_of(part, quotes) is not None


def _is_list(parts: list[str], joints: list[str], quotes: Quotes) -> bool:
    """Whether commas, quotes or single characters tell several things from one with "and" in its name."""
    return (
        any("," in joint or "then" in joint for joint in joints)
        or all(map(quotes.any, parts[1:]))
        or all(len(part.split()[-1]) == 1 for part in parts)
        or fits(LIST, parts[0]) is not None
    )


def _may_be_label(part: str, quotes: Quotes) -> bool:
    """Whether `part` reads like a label, or the rest of one: one word, in capitals, quoted, or with an article."""
    name = part[: found.start()] if (found := re.search(rf"{RELATION.pattern}| (?:on)?to ", part)) else part
    if len(name.split()) == 1 or quotes.any(name) or fits(rf"(?:the|an?) .+|{MANNER}", name):
        return True
    return not re.search(r"(?<!\S)(?!(?:of|to|the|for|in|a|or|and) )[a-z]", name)


def _listed(first: Parsed, parts: list[str], quotes: Quotes, phone: bool) -> Parsed:
    """`first`, and the same for every other part; None where one of them names nothing."""
    found = list(first or ())
    for part in parts if first else ():
        again = _again(found[-1], part, quotes, phone)
        if again is None:
            return None
        found += again
    return tuple(found) or None


def _again(last: do.Instruction, part: str, quotes: Quotes, phone: bool) -> Parsed:
    match last:
        case do.Write(_, into) if into is not None:
            return parse_sentence(f"type {part}", quotes, phone) if fits(r".+ into .+", part) else None
        case do.ClickOn() | do.Tick() if _may_be_label(part, quotes) and (what := target(part, quotes)):
            return (replace(last, target=what),)
        case do.SetValue() if fits(r".+ to .+", part):
            return parse_sentence(f"set {part}", quotes, phone)
        case do.Expect():
            return parse_sentence(f"verify that {part}", quotes, phone)
        case do.PressKeys():
            return keys_of(part, quotes)
        case _:
            return None
