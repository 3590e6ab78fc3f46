"""Sentences about messages: find one by who wrote it, and answer, forward, star or delete it."""

import re

from agent.builtin.grammar import Form, Meaning
from agent.builtin.page.deeds_of_text import WithMail
from agent.builtin.phrases import Quotes

Q = "[\ue000-\uf8ff]"
NAME = r"(?-i:(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Today|Yesterday|Primary|Inbox|Email)[A-Z][\w-]+)"
MAIL = r"(?:e-?mails?|messages?|mails?|information|note|letter)"
DELETE = r"\b(?:delete[ds]?|trash|remove|get rid of|erase|bin|throw away|do(?:n't| not) want|out of my)\b"
STAR = r"\b(?:star|imp\w*(?:nt|nat|ance)|favou?rite)\b"
REPLY = (
    r"\b(?:reply|responds?|answer|write (?:back|to)|tell|say to|response|send|text (?!field|box|area|editor|file))\b"
)
FORWARD = r"\b(?:forward(?:ed|ing)?|foward|send|sent|give|pass|resend|waiting|receive|relay|get)\b"
FROM = (
    rf"\b(?:from|by) ({NAME})\b",
    rf"\b({NAME})'?s (?:\w+ ){{0,2}}{MAIL}\b",
    rf"\b({NAME}) (?:\w+ )?(?:sent|wrote|has sent)\b",
    rf"\b{MAIL} (?:that |which )?({NAME}) (?:sent|wrote)\b",
    rf"\b(?:of|with|to) ({NAME})\b",
    rf"\b(?:e-?mail|message|write|tell|answer|text|send|let|contact) ({NAME})\b",
    rf"\bthe ({NAME}) {MAIL}\b",
)
TO = (
    rf"\bto ({NAME})\b",
    rf"\b(?:give|send|forward|let) ({NAME})\b",
    rf"\b({NAME}) (?:is waiting|needs|wants|must|should)\b",
    rf"\bwant ({NAME}) to\b",
    rf"\b({NAME})'?s? (?:inbox|address)\b",
)


def _mail(found: re.Match[str], quotes: Quotes) -> Meaning:
    said = found[0]
    quoted = [quotes.plain(c) for c in said if quotes.only(c)]
    if not re.search(rf"\b{MAIL}\b|\binbox\b" + (f"|{REPLY}" if quoted else ""), said, re.IGNORECASE):
        return None
    if quoted and re.search(rf"{REPLY}|\b{MAIL}\b", said, re.IGNORECASE):
        who = _first(FROM, said)
        return (WithMail(who, "reply", quoted[-1]),) if who and len(quoted) == 1 else None
    to = _first(TO, said)
    who = next((name for pattern in FROM for name in re.findall(pattern, said, re.IGNORECASE) if name != to), "")
    owner = rf"\b({NAME}) wants (?:his|her|their).* (?:sent|forwarded) to ({NAME})"
    if wanted := re.search(owner, said, re.IGNORECASE):
        who, to = wanted[1], wanted[2]
    if to and who and re.search(FORWARD, said, re.IGNORECASE):
        return (WithMail(who, "forward", to),)
    who = who or _first(FROM, said)
    if who and re.search(DELETE, said, re.IGNORECASE):
        return (WithMail(who, "delete"),)
    return (WithMail(who, "star"),) if who and re.search(STAR, said, re.IGNORECASE) else None


def _first(patterns: tuple[str, ...], said: str) -> str:
    for pattern in patterns:
        if found := re.search(pattern, said, re.IGNORECASE):
            return found[1]
    return ""


MAILS: tuple[Form, ...] = ((r".+", _mail),)
