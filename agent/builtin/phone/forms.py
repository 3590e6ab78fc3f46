"""Sentences of phone use: keys, permissions, and how one gets about; then all that a phone is told."""

import re

from agent.builtin.grammar import Form, Meaning
from agent.builtin.instructions import ClickOn, OpenApplication, PressKeys, Target, Tell
from agent.builtin.phone.deeds import (
    AnswerQuestion,
    Visit,
)
from agent.builtin.phone.forms_in_short import CERTAIN, FIRST, SHORT
from agent.builtin.phone.forms_of_handling import HANDLING
from agent.builtin.phone.forms_of_questions import QUESTIONS, asked
from agent.builtin.phone.forms_of_switching import SWITCHING
from agent.builtin.phone.forms_of_things import KIND, THINGS, D, kind_of, named
from agent.builtin.phone.vocabulary import APPS
from agent.builtin.phrases import Quotes, fits, without


def _page(name: str, quotes: Quotes) -> Meaning:
    name = quotes.bare(without(rf"^{D}", name))
    return (Visit(name),) if name and not fits(r"(?:app|application|home|phone|device|system|main)", name) else None


def _link(found: re.Match[str], quotes: Quotes) -> Meaning:
    address = quotes.plain(found[1])
    return (OpenApplication(address if "://" in address else f"https://{address}"),)


def _of_somebody(who: str, what: str, quotes: Quotes) -> Meaning:
    name = named(who, quotes)
    return (
        (Visit(name, "contact"), Tell(what))
        if name and not fits(r"(?:the|this|my|phone|device|it)\b.*", name)
        else None
    )


def _read(found: re.Match[str], quotes: Quotes) -> Meaning:
    kind = kind_of(found["kind"])
    name = named(found["name"], quotes)
    return (Visit(name, kind), Tell("")) if kind in APPS and name else None


def _visit(found: re.Match[str], quotes: Quotes) -> Meaning:
    kind, name = kind_of(found["kind"]), named(found["name"], quotes)
    return (Visit(name, kind),) if kind in APPS and name and not fits(r"(?:and|or|then)\b.*", name) else None


def _key(*keys: str) -> Meaning:
    return (PressKeys(keys),)


WHEN = (
    r"(?:if|when)(?:ever)? (?:it |you(?:'re| are) |the (?:app|phone|system) )?(?:asks?|asked|prompted|needed)"
    r"(?: for (?:it|(?:the |a )?permission|access))?"
)
ASKED = rf"(?:{WHEN},? )?"
GO = r"(?:go|press|tap|hit|click|push|use|navigate|return|get|swipe)(?: on)?(?: (?:the|to the|to))?"
TELL = r"(?:tell|show|give|read|find|look up|get)(?: me| out)?(?: what)?|what(?:'s| is)"
CONTACT_FACT = r"((?:phone|mobile|telephone|cell)(?: number)?|number|e-?mail(?: address)?)"

GETTING_ABOUT: tuple[Form, ...] = (
    (
        rf"{GO} (?:back|previous)(?: button| key| arrow| screen| one (?:screen|page|step))?(?: again)?",
        lambda m, q: _key("back"),
    ),
    (rf"{GO} (?:home|launcher)(?: screen| button| key)?", lambda m, q: _key("home")),
    (
        r"(?:open|show|go to|press|tap|see|view)(?: the)?(?: list of)? (?:recents?|overview|app switcher|"
        r"recent(?:ly used)? apps?|open apps|running apps)(?: list| screen| button| view)?",
        lambda m, q: _key("recents"),
    ),
    (r"(?:press|push|hit)(?: the)? volume (up|down)(?: button| key)?", lambda m, q: _key(f"volume_{m[1].lower()}")),
    (r"(?:hide|close|dismiss)(?: the)?(?: soft| on-screen)? keyboard", lambda m, q: _key("back")),
    (WHEN, lambda m, q: ()),
    (
        r"(?:open|tap|press|select|choose|click|touch)(?: on)? (?:it|that|this)(?: one)?",
        lambda m, q: (ClickOn(Target("it")),),
    ),
    (
        rf"{ASKED}(?:allow|grant|permit|approve|give(?=.*\b(?:permission|access)))\b(?!.* (?:switch|setting)$)"
        rf"(?P<what>.*?)(?: {WHEN})?",
        lambda m, q: (AnswerQuestion(True),),
    ),
    (
        rf"{ASKED}(?:deny|refuse|decline|reject|don't allow|do not allow|don't let|do not grant|don't grant)\b.*",
        lambda m, q: (AnswerQuestion(False),),
    ),
    (
        r"(?:open|go to|visit|browse to|navigate to|load|show)(?: the)?(?: (?:web ?)?(?:page|site|address|url))? "
        r"(\w+://\S+|(?:[a-z][\w-]*\.)+[a-z]{2,7}(?:/\S*)?)(?: (?:in|with|on) (?:the |a )?(?:web )?browser)?",
        _link,
    ),
    (
        r"(?:call|phone(?! [\d+(])|ring|dial) (?!number\b)(?:up )?(.+)",
        lambda m, q: (Visit(n, "contact"), ClickOn(Target("Call", "button"))) if (n := named(m[1], q)) else None,
    ),
    (rf"(?:{TELL}) (.+?)(?:'s|’s) {CONTACT_FACT}(?: is)?\??", lambda m, q: _of_somebody(m[1], m[2], q)),
    (rf"(?:{TELL}) (?:the )?{CONTACT_FACT} (?:of|for) (.+?)(?: is)?\??", lambda m, q: _of_somebody(m[2], m[1], q)),
    (
        rf"(?:read|tell me)(?: me)?(?: what)? {D}(?P<kind>{KIND}) (?:named |called |titled |from |with "
        rf")?(?P<name>.+?)(?: says?| contains?)?",
        _read,
    ),
    (rf"what does {D}(?P<kind>{KIND}) (?:named |called |titled )?(?P<name>.+?) (?:say|contain|read)\??", _read),
    (
        rf"(?:open|show|view|go to|edit) {D}(?P<kind>{KIND}) (?:named |called |titled |with |from |of |"
        rf"for )?(?P<name>.+)",
        _visit,
    ),
    (rf"(?:open|view) {D}(?P<name>(?!new\b).+) (?P<kind>note|contact|conversation|chat|alarm)", _visit),
    (
        r"(?:open|show|go to|visit|view|enter|find|take me to|bring up)(?: me)? (?:the )?(.+?) "
        r"(?:settings?|options)(?: "
        r"page| screen| menu)?",
        lambda m, q: _page(m[1], q),
    ),
    (
        r"(?:open|show|go to|visit|view|enter)(?: me)? (?:the )?(.+?)(?: page| screen| section)? "
        r"(?:in|of|inside) (?:the )?settings(?: app)?",
        lambda m, q: _page(m[1], q),
    ),
)

PHONE: tuple[Form, ...] = (
    *FIRST, *GETTING_ABOUT[:9], *HANDLING, *THINGS, *QUESTIONS, *GETTING_ABOUT[9:], *SHORT[:CERTAIN], *SWITCHING,
    *SHORT[CERTAIN:],
    (r".+", lambda m, q: asked(m[0], q)),
)  # fmt: skip
"""The first form that fits a sentence wins; what fits none is read as on a desktop."""
