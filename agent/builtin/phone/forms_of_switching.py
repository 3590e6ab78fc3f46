"""Sentences that turn settings on and off, or give them values."""

import re

from agent.builtin.grammar import Form, Meaning
from agent.builtin.instructions import ClickOn, DragOnto, PressKeys, Target, Write
from agent.builtin.phone.deeds import Enter, InApp, SetTo, Switch, Visit
from agent.builtin.phone.forms_of_things import D
from agent.builtin.phone.vocabulary import APPS
from agent.builtin.phrases import Quotes, fits, without
from agent.builtin.words import number

ON = ("on", "enabled", "active", "activated")
STATE = r"(on|off|enabled|disabled|active|inactive|activated|deactivated)"
LARGER = {"larger": "large", "bigger": "large", "big": "large", "smaller": "small", "biggest": "largest"}
TURN = r"(?:turn|switch|set|put|make|leave|keep|toggle)"


def switched(name: str, on: bool, quotes: Quotes) -> Meaning:
    name = without(rf"^{D}|(?: (?:switch|toggle|setting|option|feature))+$", name.strip(" ,"))
    name = quotes.bare(without(r" (?:on|of|for|in) (?:the |my |this )?(?:phone|device|settings(?: app)?)$", name))
    unclear = r"^(?:it|them|that|all|everything)$|\b(?:is|are) (?:on|off)\b| and (?:turn|make|set)\b"
    if not name or len(name.split()) > 7 or re.search(unclear, name, re.IGNORECASE):
        return None
    if fits(r"(?:the )?(?:light|bright|day) (?:theme|mode)", name):
        name, on = "dark theme", not on
    if fits(r"(?:the )?12[- ]?h(?:ou)?rs?(?:[- ]clock)?(?: (?:time )?format| clock| time)?", name):
        name, on = "24-hour format", not on
    alarm = re.search(r"\balarms?\b(?! volume)|\b\d{1,2}:\d\d\b", name, re.IGNORECASE)
    first = (InApp(APPS["alarm"]),) if alarm else ()
    return (*first, Switch(name, on))


def _digits(found: re.Match[str]) -> str:
    amount = number(found[0])
    return f"{amount:g}" if amount is not None else found[0]


def set_to(name: str, value: str, quotes: Quotes) -> Meaning:
    value = quotes.plain(without(r"^(?:be |the value |a value of )", value.strip()))
    name = quotes.bare(without(rf"^{D}", name.strip()))
    name = without(r" (?:on|of|for) (?:the |my |this )?(?:phone|device)$", name)
    value = re.sub(r"^[a-z]+(?= (?:minutes?|seconds?|per ?cent|hours?)$)", _digits, value, flags=re.IGNORECASE)
    value = re.sub(r"^(\d+) ?s(?:ecs?)?$", r"\1 seconds", re.sub(r"^(\d+) ?m(?:ins?)?$", r"\1 minutes", value))
    if fits(STATE, value):
        return switched(name, value.lower() in ON, quotes)
    if fits(r"(?:phone|device)", name):
        return switched(value, True, quotes)
    return (SetTo(name, LARGER.get(value.lower(), value)),) if name and value and len(name.split()) <= 6 else None


SWITCHING: tuple[Form, ...] = (
    (r"mute (.+)", lambda m, q: set_to(m[1], "0%", q)),
    (
        r"(?:swipe|pull|drag)(?: (?:down|the))* (?:from the top(?: of the screen)?|(?:quick settings|"
        r"notification shade|"
        r"notifications|status bar)(?: panel)?)|(?:open|show) (?:the |my )?(?:quick settings|notifications|"
        r"notification "
        r"shade)(?: panel)?",
        lambda m, q: (DragOnto(Target("(300, 4)"), Target("(300, 900)")),),
    ),
    (
        r"(?:clear|close)(?: all)?(?: (?:of )?(?:the |my )?(?:recent|open|running))? apps",
        lambda m, q: (PressKeys(("recents",)), ClickOn(Target("Clear all"))),
    ),
    (
        r"(?:enter|type|put|use) (.+) as (?:the |my |a )?(.+)",
        lambda m, q: (Write(q.plain(m[1]), Target(q.bare(m[2]), "field")),),
    ),
    (
        rf"(?:make sure|ensure|check|see to it|verify|confirm)(?: that)? (.+?) (?:is|are|gets|stays) "
        rf"(?:turned |switched |set to )?{STATE}",
        lambda m, q: switched(m[1], m[2].lower() in ON, q),
    ),
    (r"(?:turn|switch|toggle|flip)(?: back)? (on|off) (.+)", lambda m, q: switched(m[2], m[1].lower() == "on", q)),
    (
        rf"{TURN} (.+?) (?:to )?(?:be )?(?:back |turned |switched )?{STATE}(?: again)?",
        lambda m, q: switched(m[1], m[2].lower() in ON, q),
    ),
    (r"(?:enable|activate|tick|check)(?! (?:that|if|whether|for)\b) (.+)", lambda m, q: switched(m[1], True, q)),
    (r"(?:disable|deactivate|untick|uncheck) (.+)", lambda m, q: switched(m[1], False, q)),
    (r"(?:leave|exit|end|quit|stop) (?:the )?(.+ mode)", lambda m, q: switched(m[1], False, q)),
    (
        r"(?:put|set|switch|change|turn|bring|move)(?: (?:the|my|this)?(?: ?(?:phone|device|screen|"
        r"display|system|it)))? "
        r"(?:in|into|to|over to|back to) (?:the |a )?(.+ (?:mode|theme|clock|format))",
        lambda m, q: switched(m[1], True, q),
    ),
    (
        r"(?:use|activate|choose|select) (?:the |a )?(.+ (?:mode|theme|format|clock))(?: for .+)?",
        lambda m, q: switched(m[1], True, q),
    ),
    (r"(?:go|switch|change) (dark|light)", lambda m, q: switched(f"{m[1]} theme", True, q)),
    (r"make (?:the )?(?:phone|screen|display) use (?:the )?(.+)", lambda m, q: switched(m[1], True, q)),
    (
        r"connect to (?:the )?(?:wi-?fi )?(?:network )?(.+?)(?: (?:wi-?fi|network))*",
        lambda m, q: (Visit("Wi-Fi"), Enter(q.plain(m[1]))),
    ),
    (
        r"(?:rename|name|call) (?:the |my |this )?(?:phone|device)(?: to| as)? (.+)",
        lambda m, q: set_to("device name", m[1], q),
    ),
    (
        r"make (?:the )?(?:text|font|letters?|font size|text size)(?: size)?(?: to be)? (.+)",
        lambda m, q: set_to("font size", m[1], q),
    ),
    (
        r"(?:set|change|adjust|put|move|turn|make|increase|decrease|raise|lower|reduce|slide|bring|"
        r"update)(?: (?:up|down))? "
        r"(.+?)(?: from .+?)?(?: (?:up|down))? (?:to|at|as) (.+)",
        lambda m, q: set_to(m[1], m[2], q),
    ),
)
