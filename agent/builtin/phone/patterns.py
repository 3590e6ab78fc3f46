"""Sentences that only a phone understands."""

from agent.builtin.instructions import IfAsked, OpenPage, PressKeys
from agent.builtin.phone.permissions import ALLOW, DENY
from agent.builtin.slots import Pattern

PRESS = r"(?:go|press|tap|push|hit|navigate|return)(?: (?:the|to the|to))?"
KEY = r"(?: (?:screen|button|key))?"
WHEN = r"(?:(?:if|when) (?:it |you are |the app )?(?:asks?|asked)(?: for (?:it|(?:the |a )?permission|access))?)"
PERMISSION = r"(?: (?:it|access|the permission|the app|access to .+|\S+ to .+|\S+ access(?: to .+)?))?"

PHONE: tuple[Pattern, ...] = (
    (rf"{PRESS} (?P<key>back|home){KEY}", lambda key: PressKeys((key,))),
    (rf"(?:(?:open|show)(?: the)?|{PRESS}) (?:recents|overview|recent apps){KEY}", lambda: PressKeys(("recents",))),
    (rf"{PRESS} volume (?P<way>up|down){KEY}", lambda way: PressKeys((f"volume_{way}",))),
    (
        rf"(?:{WHEN},? )?(?P<verb>allow|grant|deny|refuse|don't allow|do not allow){PERMISSION}(?: {WHEN})?",
        lambda verb: IfAsked(ALLOW if verb in ("allow", "grant") else DENY),
    ),
    (
        r"(?:open|go to|show) (?:the )?{what} settings(?: page| screen)?",
        lambda what: OpenPage(what.text) if what.text else None,
    ),
)
"""Read before what a desktop understands as well."""
