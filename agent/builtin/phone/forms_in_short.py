"""Wishes said in few words, or sideways: "wifi off", "timer 3 min", "my eyes hurt", "get up at half past six"."""

import re

from agent.builtin.grammar import Form, Meaning
from agent.builtin.instructions import Calculate, Pause, PressKeys
from agent.builtin.phone.deeds import Enter, InApp, MakeNew, Operate, SetTo, Switch, Visit
from agent.builtin.phone.forms_of_switching import ON, STATE, set_to, switched
from agent.builtin.phone.forms_of_things import D, fields_of
from agent.builtin.phone.vocabulary import APPS, KEPT_IN, SAME
from agent.builtin.phone.widgets import words_of
from agent.builtin.phrases import Quotes, fits, without
from agent.builtin.words import expression, number
from agent.policy import NotUnderstood

SETTING_WORDS = frozenset(
    words_of(" ".join([*(kept for kept, _ in KEPT_IN), *(name for row in SAME[:20] for name in row)]))
)
SETTING_WORDS -= frozenset(
    words_of("mode name number of the on off time date out touch level use phone device build model data screen menu")
)
"""Words that speak of settings and of little else."""

SPAN = (
    r"((?:\d+|an?|one|two|three|five|ten|fifteen|twenty|thirty|forty-five|sixty|half an?|a quarter of an?|"
    r"a couple of)[- ]?(?:seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h))"
)
"""A length of time, as people say it."""

UNITS = {"s": "second", "m": "minute", "h": "hour"}
LESS = r"(?:decrease|lower|reduce|dim|down|darker|dimmer|quieter|softer|smaller|shorter)"
GREATER = r"(?:increase|raise|boost|up|brighter|louder|bigger|larger|higher|longer)"
LITTLE = r"(?: (?:a (?:little|bit|little bit|notch)|slightly|somewhat|some))?(?: more)?"


def span(said: str) -> str:
    """A length of time as phones write it: "half an hour" is "30 minutes"."""
    said = said.lower().strip()
    found = re.fullmatch(
        r"(half an?|a quarter of an?|\d+|an?|[a-z-]+?)[- ]?(s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?)", said
    )
    if found is None:
        return said
    unit = UNITS[found[2][0]]
    amount = {"half a": 0.5, "half an": 0.5, "a quarter of an": 0.25, "a quarter of a": 0.25}.get(found[1]) or number(
        found[1]
    )
    if amount is None:
        return said
    if amount < 1 and unit != "second":
        amount, unit = amount * 60, {"hour": "minute", "minute": "second"}[unit]
    return f"{amount:g} {unit}{'' if amount == 1 else 's'}"


def timer(said: str) -> Meaning:
    return (InApp(APPS["timer"]), Enter("Timer"), Enter(span(said)))


def _more_or_less(what: str, more: bool) -> Meaning:
    name = without(rf"^{D}", what.strip())
    name = {
        "screen": "brightness",
        "display": "brightness",
        "phone": "media volume",
        "sound": "media volume",
        "volume": "media volume",
        "it": "media volume",
        "music": "media volume",
        "text": "font size",
        "font": "font size",
        "letters": "font size",
    }.get(name.lower(), name)
    return (SetTo(name, "more" if more else "less"),) if name and len(name.split()) <= 4 else None


def _known_switch(said: str, on: bool, quotes: Quotes) -> Meaning:
    """A wish that speaks of settings is looked for among them as it was said."""
    name = without(r" (?:on|in|of) the status bar$", quotes.bare(without(rf"^{D}", said)))
    if fits(r".+ (?:is|are|be)", name):
        return None
    return switched(name, on, quotes) if set(words_of(name)) & SETTING_WORDS and len(name.split()) <= 7 else None


def _short_set(m: re.Match[str], quotes: Quotes) -> Meaning:
    return set_to(m[1], m[2], quotes) if set(words_of(m[1])) & SETTING_WORDS and len(m[1].split()) <= 4 else None


def _alarm(said: str, quotes: Quotes) -> Meaning:
    fields = fields_of("alarm", said, quotes)
    return (MakeNew("alarm", fields),) if fields else None


def _by_hand(found: re.Match[str], _: Quotes) -> Meaning:
    raise NotUnderstood(
        f"{found[0]!r} takes a hand that turns the phone; what can be done on its screen is "
        "'turn on auto-rotate', so that the picture follows the hand"
    )


def _stopwatch(found: re.Match[str], _: Quotes) -> Meaning:
    amount = re.match(r"(\d+) second", span(found[1]))
    start, stop = Operate("Stopwatch", "Start"), Operate("it", "Pause")
    return (start, Pause(float(amount[1])), stop) if amount else None


FIRST: tuple[Form, ...] = (
    (
        r"(?P<v>show|display|hide)(?: me)? (?P<w>.+? (?:in|on) the (?:status bar|lock ?screen))",
        lambda m, q: _known_switch(m["w"], m["v"].lower() != "hide", q),
    ),
    (
        r"(?P<v>allow|permit|forbid|disallow) (?!.*\b(?:access|permission|to)\b)(?P<w>.+)",
        lambda m, q: _known_switch(m["w"], m["v"].lower() in ("allow", "permit"), q),
    ),
    (
        r"(?:make|turn|set|put|drag) (?:the )?(.+?) (?:all the way|completely|right|fully) (up|down)",
        lambda m, q: set_to(m[1], "100%" if m[2].lower() == "up" else "0%", q),
    ),
    (
        r"give (?:the|my|this) (?:phone|device) (?:a |the )?(?:new )?name (?:of )?(.+)",
        lambda m, q: set_to("device name", m[1], q),
    ),
    (rf"(?:run|start) {D}stopwatch for {SPAN}", _stopwatch),
    (
        r"(?:use|open) (?:the )?calculator (?:to|and) (?:(?:work out|calculate|compute|find out|find|add up) )?(.+)",
        lambda m, q: (Calculate(sum_),) if (sum_ := expression(q.bare(m[1]))) else None,
    ),
    (
        r"(?:go|get|return|come)(?: back)? to (?:the |my )?(?:home(?: ?screen)?|launcher|start screen)",
        lambda m, q: (PressKeys(("home",)),),
    ),
)
"""Wishes that other tables would take for something else."""

SHORT: tuple[Form, ...] = (
    (
        rf"(?:set|start|begin|run|create|make|give me|add|new)?(?: up| me)* ?{D}(?:timer|countdown|egg timer)"
        rf"(?: (?:for|of|to|at|with))? {SPAN}",
        lambda m, q: timer(m[1]),
    ),
    (
        rf"(?:(?:set|start|begin|run|create|make|give me|add)(?: up| me)* )?{D}{SPAN}[- ](?:timer|countdown)",
        lambda m, q: timer(m[1]),
    ),
    (rf"(?:time|count down|remind me in) {SPAN}", lambda m, q: timer(m[1])),
    (
        rf"(start|run|begin|restart|resume|continue|pause|stop|halt|reset|clear|cancel) {D}(stopwatch|timer|"
        rf"countdown|it)(?: again)?",
        lambda m, q: (Operate({"it": "it", "stopwatch": "Stopwatch"}.get(m[2].lower(), "Timer"), _button(m[1], m[2])),),
    ),
    (
        r"(?:rotate|turn|flip|tilt|put)(?: (?:the|my|this))? (?:screen|phone|device|display)(?: (?:to|in|into|"
        r"over to|back to))?"
        r"(?: (?:a |the )?(?:landscape|portrait|horizontal|vertical|upright|sideways|side|its side)(?: mode| "
        r"orientation| position)?| around)",
        _by_hand,
    ),
    (r"set (?:an?|the|my) alarm(?: clock)?", lambda m, q: ()),
    (r"alarms? (?:for |at )?(\d.*|noon|midnight|half past .+|quarter .+)", lambda m, q: _alarm(f"at {m[1]}", q)),
    (r"(?:get|getting|wake|be woken|have to be)(?: me)? up (?P<at>at .+)", lambda m, q: _alarm(m["at"], q)),
    (
        rf"(?:.+ )?(?:screen|display)(?: should| must| has to| to| shall)?(?: \w+)?(?: turn| switch| go| stay| "
        rf"time)?(?:s|ed)? ?(?:off|out|dark|to sleep|on|awake|sleep)? (?:after|for|within|in) (?:only |at least "
        rf"|up to )?{SPAN}"
        rf"(?: (?:before|of|without|when|while) .+)?",
        lambda m, q: (SetTo("screen timeout", span(m[1])),),
    ),
    (
        r"(?:drag|slide|move|pull|set) (?:the )?(.+?) slider (?:all the way )?(?:up |down |over )?to (.+)",
        lambda m, q: set_to(m[1], m[2], q),
    ),
    (rf"(?:make|turn|set|put) (.+?){LITTLE} {LESS}", lambda m, q: _more_or_less(m[1], False)),
    (rf"(?:make|turn|set|put) (.+?){LITTLE} {GREATER}", lambda m, q: _more_or_less(m[1], True)),
    (rf"(?:decrease|lower|reduce|dim|turn down) (.+?){LITTLE}", lambda m, q: _more_or_less(m[1], False)),
    (rf"(?:increase|raise|boost|brighten|enlarge|turn up) (.+?){LITTLE}", lambda m, q: _more_or_less(m[1], True)),
    (
        r"(?:make|turn|set) (.+?) (?:all the way|completely|right|fully) (up|down)|turn (.+?) (?:to the )"
        r"?(?:max|maximum|min|minimum)",
        lambda m, q: set_to(m[1] or m[3], "100%" if (m[2] or "") != "down" else "0%", q),
    ),
    (
        r"(?:don't|do not|never|stop)(?: (?:the|my|this) phone)?(?: from)? (vibrat\w+.*)",
        lambda m, q: _vibration(m[1], False),
    ),
    (r"(?:make |let )?(?:(?:the|my|this) phone )?(vibrat\w+.*)", lambda m, q: _vibration(m[1], True)),
    (
        r"invert (?:the )?(?:screen(?:'s)? |display )?colou?rs(?: .+)?",
        lambda m, q: switched("color inversion", True, q),
    ),
    (
        rf"(?:join|connect (?:me |the phone )?(?:to|with)|use|log in to) {D}(?:wi-?fi |wireless )?network "
        rf"(?:called |named )?(.+)",
        lambda m, q: (Visit("Wi-Fi"), Enter(q.plain(m[1]))),
    ),
    (
        r"(?:i(?:'d)? (?:prefer|like|want|would like|would prefer)(?: to use| to have)?) (.+ (?:clock|mode|"
        r"theme|format|time))",
        lambda m, q: switched(m[1], True, q),
    ),
    (rf"(.+?):? {STATE}", lambda m, q: _known_switch(m[1], m[2].lower() in ON, q)),
    (r"no (?:more )?(.+)", lambda m, q: _known_switch(m[1], False, q)),
    (r"(.+?):?(?: (?:to|at))? (\d+ ?(?:%|percent|per cent)|max(?:imum)?|min(?:imum)?|half)", _short_set),
    (rf"{D}(dark|light|night) (?:mode|theme)(?: please)?", lambda m, q: switched(f"{m[1]} theme", True, q)),
    (
        rf"{D}((?:airplane|flight|aeroplane) mode|do not disturb|battery saver|power saving(?: mode)?)",
        lambda m, q: switched(m[1], True, q),
    ),
    (
        rf"{D}(?!(?:open|show|launch|start|go|close|find|visit|see|search|use|enter|change|leave|in|to)\b)(.+?) "
        rf"(?:settings|preferences)(?: page| screen)?",
        lambda m, q: (Visit(m[1]),) if len(m[1].split()) <= 3 else None,
    ),
)

CERTAIN = 19
"""How many of them are sure of what they say, and are read before what sets anything."""

LOOSE: tuple[Form, ...] = (
    (r"(?:show|display|use|have|set|get|keep) (.+)", lambda m, q: _known_switch(m[1], True, q)),
    (
        r"(?:hide|stop|don't (?:show|display|use|have|let|want|set|keep)|do not (?:show|display|use|set|keep)|"
        r"remove|kill|lose|quit) (.+)",
        lambda m, q: _known_switch(m[1], False, q),
    ),
    (r"(?:make|let) (?:(?:the|my|this) (?:phone|screen|display)) (.+)", lambda m, q: _known_switch(m[1], True, q)),
)
"""What only sounds like a switch: read so when nothing else fits."""

PREAMBLE = re.compile(
    r"(?:i(?:'m| am| was| have| had| hate| love| can't| cannot| don't| do not| never| always|'ve|'d| need| want|"
    r" prefer)?|my|we(?:'re| are)?|it(?:'s| is| was)|"
    r"there(?:'s| is)|because|since|as|if possible|today|tomorrow|tonight)\b.*",
    re.IGNORECASE,
)
"""How people begin who first say why."""


def _button(deed: str, tab: str) -> str:
    word = deed.lower()
    if word in ("stop", "halt", "pause"):
        return "Pause"
    return {"run": "Start", "begin": "Start", "restart": "Start", "continue": "Resume", "clear": "Reset"}.get(
        word, word.capitalize()
    )


def _vibration(said: str, on: bool) -> Meaning:
    if fits(r".*\b(?:touch|tap|press|typ|key)\w*.*", said):
        return (Switch("touch vibration", on),)
    return (Switch("vibrate for calls", on),) if fits(r".*\b(?:call|ring|phone)\w*.*|vibrate", said) else None
