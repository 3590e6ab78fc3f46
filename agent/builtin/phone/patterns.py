"""Sentences that only a phone understands."""

from agent.builtin.instructions import Instruction, OpenApplication, PressKeys, SetValue, Tick
from agent.builtin.patterns import Parsed, Pattern, match_first, repetition
from agent.builtin.phone_commands import AnswerPermission, OpenPage
from agent.builtin.phrases import Quotes, fits, target, without
from agent.builtin.sentence_parser import PREFIX, parse_sentence

PRESS = r"(?:go|press|tap|push|hit|navigate|return)(?: (?:the|to the|to))?"
WHEN = r"(?:(?:if|when) (?:it |you are |the app )?(?:asks?|asked)(?: for (?:it|(?:the |a )?permission|access))?)"
PERMISSION = (
    r"(?: (?:it|access|the permission|the app|(?:it |\S+ )?(?:to )?access (?:to )?(?:my |your |the )?\w+|"
    r"(?:it|\S+) to .+))?"
)


def _tick(name: str, state: str, quotes: Quotes) -> Parsed:
    what = target(name, quotes)
    return (Tick(what, state.lower() == "on"),) if what and what.text else None


def _set_to(name: str, value: str, quotes: Quotes) -> Parsed:
    value = quotes.plain(value)
    if value.lower() in ("on", "off"):
        return _tick(name, value, quotes)
    what = target(name, quotes)
    return (SetValue(what, value),) if what is not None and what.role != "field" and value else None


def _page(name: str, quotes: Quotes) -> Parsed:
    what = target(name, quotes)
    return (OpenPage(what.text),) if what and what.text and len(what.text.split()) <= 4 else None


PHONE: tuple[Pattern, ...] = (
    (rf"{PRESS} back(?: (?:button|key))?", lambda m, q: (PressKeys(("back",)),)),
    (rf"{PRESS} home(?: (?:screen|button|key))?", lambda m, q: (PressKeys(("home",)),)),
    (
        rf"(?:(?:open|show)(?: the)?|{PRESS}) (?:recents|overview|recent apps)(?: (?:screen|button|key))?",
        lambda m, q: (PressKeys(("recents",)),),
    ),
    (rf"{PRESS} volume (up|down)(?: (?:button|key))?", lambda m, q: (PressKeys((f"volume_{m[1].lower()}",)),)),
    (
        r"(?:tap|touch)(?: on)? (?!and hold\b)(.+)",
        lambda m, q: parse_sentence(f"click {m[1]}", q),
    ),  # a finger presses no key
    (rf"(?:{WHEN},? )?(?:allow|grant){PERMISSION}(?: {WHEN})?", lambda m, q: (AnswerPermission(True),)),
    (
        rf"(?:{WHEN},? )?(?:deny|refuse|don't allow|do not allow){PERMISSION}(?: {WHEN})?",
        lambda m, q: (AnswerPermission(False),),
    ),
    (rf"{WHEN}", lambda m, q: ()),
    (r"(?:turn|switch) (.+) (on|off)", lambda m, q: _tick(m[1], m[2], q)),
    (r"(?:set|change) (.+?) to (.+)", lambda m, q: _set_to(m[1], m[2], q)),
    (r"(?:open|go to|show) (?:the )?(.+?) settings(?: page| screen)?", lambda m, q: _page(m[1], q)),
)
"""The first pattern that fits a whole sentence wins; what fits none is read as on a desktop."""


def parse_on_phone(sentence: str, quotes: Quotes) -> Parsed:
    """What one sentence asks of a phone; None when no pattern matches."""
    if (found := match_first(PHONE, sentence, quotes)) is not None:
        return found
    repeated = repetition(sentence)
    if repeated and (once := parse_on_phone(repeated[0], quotes)):
        return once * repeated[1]
    prefixed = fits(PREFIX, sentence)
    where = target(prefixed[1], quotes) if prefixed else None
    if prefixed and where and not where.role:
        inner = parse_on_phone(prefixed[2], quotes)
        return in_app(inner, prefixed[1], quotes) if inner else None
    return parse_sentence(sentence, quotes)


def in_app(found: tuple[Instruction, ...], where: str, quotes: Quotes) -> tuple[Instruction, ...]:
    """`found` done in the application, or on the phone, that `where` names."""
    name = without(r"^(?:the|my|this) | (?:app|application)$", quotes.bare(where))
    return found if name.lower() in ("phone", "device", "screen") else (OpenApplication(name), *found)
