"""Which dialect a model's name belongs to, and in which numbers it points where that is not the dialect's own.

A model that falls to "generic" is taken to answer from 0 to 1000; one that answers in pixels would click elsewhere.
Sources: the models' cards and agents, named in each family's file; for the others OSWorld's agents, cua's loops,
Midscene's model files and the papers.
"""

import re
from dataclasses import dataclass

from agent.dialects.spaces import Absolute, Relative, Space


@dataclass(frozen=True, slots=True)
class NameRule:
    """Names in which `pattern` is found, without regard to case, are of that `dialect`; of `space` where it differs."""

    pattern: str
    dialect: str
    space: Space | None = None


_SEP = r"[-_. ]?"
RULES: tuple[NameRule, ...] = (
    NameRule(rf"gui{_SEP}owl{_SEP}1[._-]?5", "gui-owl-1.5"),
    NameRule(rf"gui{_SEP}owl", "gui-owl-1"),
    NameRule(rf"ui{_SEP}tars{_SEP}1[._-]?5", "ui-tars-1.5"),
    NameRule(rf"ui{_SEP}tars", "ui-tars-1"),  # 1 and 2 point from 0 to 1000, as Qwen2-VL does
    NameRule(rf"fara{_SEP}1[._-]?5", "fara-1.5"),
    NameRule(r"fara(?![a-z])", "fara-7b"),
    NameRule(rf"holo{_SEP}1", "holo1.5"),
    NameRule(rf"holo{_SEP}2", "holo2"),
    NameRule(rf"holo{_SEP}[3-9]", "holo3"),
    NameRule(rf"ui{_SEP}venus{_SEP}2", "ui-venus-2"),
    NameRule(rf"ui{_SEP}venus{_SEP}1[._-]?5", "ui-venus-1.5"),
    NameRule(rf"ui{_SEP}venus", "qwen2.5-vl"),  # 1.0: Qwen2.5-VL's pixels
    NameRule(rf"auto{_SEP}glm", "autoglm-phone"),
    NameRule(rf"open{_SEP}cua.*(?:a3b|qwen2[-_]7b)", "opencua", Relative(1)),
    NameRule(rf"open{_SEP}cua", "opencua"),
    NameRule(r"aguvis", "opencua", Relative(1)),
    NameRule(rf"kimi{_SEP}(?:k2{_SEP}[5-9]|k[3-9]|vl)", "opencua", Relative(1)),
    NameRule(rf"gta{_SEP}1", "gta1"),
    NameRule(r"gelato", "gta1", Relative(1000)),
    NameRule(rf"jedi|infi{_SEP}gui|zon{_SEP}ui|se{_SEP}gui|ui{_SEP}r1|gui{_SEP}(?:r1|g2)", "qwen2.5-vl"),
    NameRule(rf"mai{_SEP}ui|evo{_SEP}cua|step{_SEP}gui|gelab", "qwen3-vl"),
    NameRule(rf"u{_SEP}ground|os{_SEP}atlas|os{_SEP}genesis", "qwen2-vl"),
    NameRule(rf"show{_SEP}ui", "generic", Relative(1)),
    NameRule(rf"see{_SEP}click|cog{_SEP}agent|agent{_SEP}cpm|glm{_SEP}\d.*v|doubao|seed{_SEP}\d", "generic"),
    NameRule(rf"gemini|gemma{_SEP}4", "gemini"),
    NameRule(rf"intern{_SEP}vl", "internvl2.5"),
    NameRule(rf"qwen{_SEP}3{_SEP}vl", "qwen3-vl"),
    NameRule(rf"qwen{_SEP}3(?:[._][5-9]|5(?=[-_]?vl))", "qwen3.5"),
    NameRule(rf"qwen{_SEP}2[._-]5{_SEP}vl", "qwen2.5-vl"),
    NameRule(rf"qwen{_SEP}2{_SEP}vl", "qwen2-vl"),
    NameRule(rf"gpt{_SEP}(?:5[._-][4-9]|[6-9])|claude", "generic", Absolute()),
)


def rule_for(model_name: str) -> NameRule:
    """The first rule that a model's name meets; the one of "generic" for an unknown name."""
    found = (rule for rule in RULES if re.search(rule.pattern, model_name, re.IGNORECASE))
    return next(found, NameRule("", "generic"))


def dialect_for(model_name: str) -> str:
    """The name of the dialect for a model of that name; "generic" for an unknown one."""
    return rule_for(model_name).dialect
