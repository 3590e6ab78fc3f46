"""The named protocols: each a pure rule of its own, with its source and version."""

from agent.evaluate.protocols.agentnet_mind2web import AGENTNET, MIND2WEB
from agent.evaluate.protocols.aitw import AITW, AITZ
from agent.evaluate.protocols.androidcontrol import (
    ANDROIDCONTROL_14PCT,
    ANDROIDCONTROL_QWEN,
    ANDROIDCONTROL_SMALLEST_BOX,
)
from agent.evaluate.protocols.in_box import IN_BOX, SCREENSPOT
from agent.evaluate.protocols.protocol import ASKED_FOR, Accepts, Ask, Protocol, StepScore
from agent.evaluate.protocols.screenhand import SCREENHAND

__all__ = ["ASKED_FOR", "PROTOCOLS", "Accepts", "Ask", "Protocol", "StepScore", "protocol_named"]

PROTOCOLS = {
    each.name: each
    for each in (
        SCREENHAND,
        IN_BOX,
        SCREENSPOT,
        AITW,
        AITZ,
        ANDROIDCONTROL_14PCT,
        ANDROIDCONTROL_QWEN,
        ANDROIDCONTROL_SMALLEST_BOX,
        AGENTNET,
        MIND2WEB,
    )
}


def protocol_named(name: str) -> Protocol:
    """The protocol of that name. Raises `ValueError` that lists the known ones."""
    if name not in PROTOCOLS:
        raise ValueError(f"there is no protocol {name!r}; known are {', '.join(PROTOCOLS)}")
    return PROTOCOLS[name]
