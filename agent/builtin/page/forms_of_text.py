"""Sentences of web pages about text: what to type, find, sort, and answer."""

import re

from agent.builtin.grammar import Form, Meaning
from agent.builtin.instructions import ClickOn, PressKeys, ScrollTo, Target, Tick, Write
from agent.builtin.page.deeds_of_text import (
    ClickMost,
    ClickResult,
    Complete,
    EnterMoment,
    FillFrom,
    FillMatching,
    Guess,
    HandIn,
    LookUp,
    NthWord,
    OnPosts,
    PressUntil,
    Solution,
    ValueOf,
    WriteRead,
)
from agent.builtin.page.forms_of_deeds import DEEDS
from agent.builtin.page.forms_of_mail import MAILS
from agent.builtin.phrases import Quotes
from agent.builtin.words import ordinal

Q = "[\ue000-\uf8ff]"
"""A quoted part."""

TYPE = r"(?:type|enter|write|input|put|key in)"
INTO = r"(?:in|into|inside)"
BOX = r"(?:text ?(?:field|box|input)|input(?: (?:field|box|textbox))?|field|box)"
AREA = r"(?:text ?area|text)"
PRESS = r"(?:press|click|hit|tap|push)(?: on)?(?: the)?"
IT = r"(?:it|that|this|(?:that|the) (?:word|value|text|answer|result)|your answer|the solution)"
NTH = r"(\d+(?:st|nd|rd|th)|first|second|third|fourth|fifth|last)"
FIELD = Target("", "field")
AREA_THERE = Target("", "area")


def _cased(found: re.Match[str], quotes: Quotes) -> Meaning:
    text = quotes.plain(found[1])
    return (Write(text.upper() if found[2].lower() == "upper" else text.lower(), FIELD, afresh=True),)


def _two(found: re.Match[str], quotes: Quotes) -> Meaning:
    one, other = (Target(quotes.bare(found[n]), "field") for n in (1, 3))
    return (Write(quotes.plain(found[2]), one, afresh=True), Write(quotes.plain(found[4]), other, afresh=True))


def _both(found: re.Match[str], quotes: Quotes) -> Meaning:
    text = quotes.plain(found[1])
    return tuple(Write(text, Target("", "field", n), afresh=True) for n in (1, 2))


def _copy(found: re.Match[str], quotes: Quotes) -> Meaning:
    source = Target("", "area", ordinal(found[1]) if found[1] else 0)
    everything = (PressKeys(("ctrl", "a")), PressKeys(("ctrl", "c")))
    return (ClickOn(source), *everything, ClickOn(FIELD), PressKeys(("ctrl", "v")))


def _nth_word(found: re.Match[str], quotes: Quotes) -> Meaning:
    area = "area" in found[2].lower()
    count = ordinal(found[1])
    reading = WriteRead(NthWord(count, area))
    return (ScrollTo("down", 100, None, AREA_THERE), reading) if area and count < 0 else (reading,)


def _signed(found: re.Match[str], quotes: Quotes) -> Meaning:
    name = (Write(quotes.plain(found[3]), FIELD),) if found[3] else ()
    end = "down" if found[1].lower() in ("bottom", "end") else "up"
    pressed = (ClickOn(Target(quotes.bare(found[4]), "button")),)
    return (ScrollTo("down" if end == "down" else "up", 100, None, AREA_THERE), *name, *pressed)


def _until(found: re.Match[str], quotes: Quotes) -> Meaning:
    more = {"less": "less", "smaller": "less", "lower": "less", "greater": "more", "larger": "more", "higher": "more"}
    wish = more[found["than"].lower()] if found["than"] else found["kind"].lower()
    return (PressUntil("Generate", wish, int(found["bound"] or 0)),)


def _search_result(found: re.Match[str], quotes: Quotes) -> Meaning:
    button = ClickOn(Target(quotes.bare(found[2]), "button"))
    return (Write(quotes.plain(found[1]), FIELD, afresh=True), button, ClickResult(ordinal(found[3])))


def _most(found: re.Match[str], quotes: Quotes) -> Meaning:
    greatest = found[1].lower() in ("longest", "most expensive", "highest", "greatest", "largest", "dearest")
    timed = found[1].lower() in ("longest", "shortest", "quickest", "fastest") or "dur" in (found[2] or "").lower()
    return (ClickMost("duration" if timed else "price", greatest),)


def _radio_and_number(found: re.Match[str], quotes: Quotes) -> Meaning:
    tick = Tick(Target("", "radio", ordinal(found[1])))
    return (tick, Write(quotes.plain(found[2]), Target("", "field", ordinal(found[3])), afresh=True), HandIn())


MOST = r"(cheapest|shortest|longest|most expensive|highest|lowest|greatest|quickest|fastest|dearest)"

TEXT: tuple[Form, ...] = (
    (
        rf"{TYPE} ({Q})(?: in)?(?: all)? (upper|lower)[- ]?case(?: letters)?(?: {INTO} the {BOX})?",
        _cased,
    ),
    (
        rf"{TYPE} (?:the )?([\w-]+(?: \w+)?) ({Q}),? and (?:the )?([\w-]+(?: \w+)?) ({Q})"
        rf"(?: {INTO} the (?:text |input )?(?:fields|boxes|inputs|form))?",
        _two,
    ),
    (rf"{TYPE} (?:the )?(?:[\w -]+? )?({Q}) {INTO} both (?:of the )?(?:text |input )?(?:fields|boxes|inputs)", _both),
    (rf"{TYPE} (\d[\d/.:-]+(?: ?[ap]\.?m\.?)?) as the (?:date|time)", lambda m, q: (EnterMoment(m[1]),)),
    (
        rf"copy the text (?:in|from|of) the (?:{NTH} )?{AREA}(?: below| above)?(?:,| and|, and|, then)* paste it "
        rf"{INTO} the {BOX}",
        _copy,
    ),
    (
        rf"{TYPE} the value (?:of|for|next to) (.+?) {INTO} the {BOX}",
        lambda m, q: (WriteRead(ValueOf(q.bare(m[1]))),),
    ),
    (
        rf"{TYPE} the values? that (?:corresponds?|belongs?|goes|go) (?:with|to) (?:each|every|the) labels? "
        rf"{INTO} the form",
        lambda m, q: (FillMatching(),),
    ),
    (
        rf"(?:find|read|locate) the {NTH} word (?:in|of) the (paragraph|text ?area|text)(?:,| and|, and|, then)* "
        rf"{TYPE} {IT} {INTO} the {BOX}",
        _nth_word,
    ),
    (
        rf"solve the (?:math(?:s|ematical)? )?(?:problem|sum|equation)(?:,| and|, and|, then)* {TYPE} {IT} "
        rf"{INTO} the {BOX}",
        lambda m, q: (WriteRead(Solution()),),
    ),
    (
        rf"solve for (\w)(?:,| and|, and|, then)* {TYPE} {IT} {INTO} the {BOX}",
        lambda m, q: (WriteRead(Solution(m[1])),),
    ),
    (
        r"generate an? (?:(?P<kind>odd|even) number|number (?P<than>less|smaller|lower|greater|larger|higher) than "
        r"(?P<bound>-?\d+))",
        _until,
    ),
    (
        rf"guess the number between (\d+) ?(?:-|–|and|to) ?(\d+)(?:,? and|,? then)* {PRESS} (\S+)",
        lambda m, q: (Guess(int(m[1]), int(m[2]), q.bare(m[3])),),
    ),
    (r"use the feedback(?: below| above)? to find the (?:right|correct) number", lambda m, q: ()),
    (
        rf"use the {BOX} to (?:enter|search for|type) ({Q})(?:,| and|, and)* {PRESS} ({Q})(?:,| and| then)* "
        rf"(?:find and )?click(?: on)? the {NTH} (?:search )?result",
        _search_result,
    ),
    (
        rf"{TYPE} an item (?:that|which) (?:starts|begins) with ({Q})(?: and ends with ({Q}))?",
        lambda m, q: (Complete(q.plain(m[1]), q.plain(m[2]) if m[2] else ""), HandIn()),
    ),
    (rf"(?:buy|book|take|choose) the (?:ticket|offer|trip|flight) with the {MOST} (cost|price|duration|time)", _most),
    (
        rf"find (\S+) in the (?:contacts?|phone|address) ?book(?:,| and|, and|, then)* {PRESS} "
        rf"(?:their|his|her|its) (.+)",
        lambda m, q: (LookUp(q.bare(m[1]), q.bare(m[2])),),
    ),
    (
        rf"scroll(?: down| up)? to the (bottom|end|top) of the ({AREA})(?: of the text)?(?:,? (?:and |then )*{TYPE} "
        rf"the name ({Q}))?,? (?:and |then )*{PRESS} (\S+)",
        _signed,
    ),
    (
        rf"scroll the {AREA} to the (bottom|end|top)( of the text)?()?,? (?:and |then )*{PRESS} (\S+)",
        _signed,
    ),
    (
        rf"(?:check|select|choose|pick) the {NTH} radio button(?:,| and|, and|, then)* {TYPE} the number ({Q}) {INTO} "
        rf"the {NTH} {BOX}",
        _radio_and_number,
    ),
    (
        r"search for ((?:\w+ ){1,2}(?:movies|films|books|songs|shows|games|series) .+)",
        lambda m, q: (FillFrom(q.bare(m[1])), HandIn()),
    ),
    (
        rf"for the user (@\S+?),? {PRESS} ({Q})(?: button)?",
        lambda m, q: (OnPosts(m[1], q.bare(m[2])),),
    ),
    (
        rf"{PRESS} ({Q})(?: button)? on (all|every|\d+)(?: of the)? posts? by (@\S+)",
        lambda m, q: (OnPosts(m[3], q.bare(m[1]), int(m[2]) if m[2].isdigit() else 0),),
    ),
    *DEEDS,
    *MAILS,
)
