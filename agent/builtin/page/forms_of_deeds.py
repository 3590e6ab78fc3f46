"""Sentences about what pages are used for: order, buy, delete files in a terminal, play."""

import re

from agent.builtin.grammar import Form, Meaning
from agent.builtin.page.deeds_of_text import AddItems, BuyBelow, DeleteFile, HandIn, PickGreatest, PlayNoughts
from agent.builtin.phrases import Quotes


def _ordered(found: re.Match[str], quotes: Quotes) -> Meaning:
    items = tuple(item.strip() for item in re.split(r",", quotes.bare(found[1])) if item.strip())
    return (AddItems(items), HandIn("Order!"))


DEEDS: tuple[Form, ...] = (
    (r"order one of each item: (.+)", _ordered),
    (
        r"buy (?:\w+ )?stock when the price is (?:less|lower) than \$?(\d+(?:\.\d+)?)",
        lambda m, q: (BuyBelow(float(m[1])),),
    ),
    (
        r"use the terminal(?: below| above)? to delete a file (?:ending with|with) the extension (\.[\w.]+)",
        lambda m, q: (DeleteFile(m[1]),),
    ),
    (
        r"use the terminal(?: below| above)? to delete a file (?:that has|with) no file extension",
        lambda m, q: (DeleteFile(""),),
    ),
    (
        r"(?:find and )?pick the card with the (greatest|highest|largest) number",
        lambda m, q: (PickGreatest(),),
    ),
    (
        r"playing as \W?(x|o)\W?,? win a game of (?:tic[- ]tac[- ]toe|noughts and crosses)",
        lambda m, q: (PlayNoughts(m[1].lower()),),
    ),
    (
        r"playing as ([\ue000-\uf8ff]),? win a game of (?:tic[- ]tac[- ]toe|noughts and crosses)",
        lambda m, q: (PlayNoughts(q.bare(m[1]).lower()),),
    ),
)
