"""Which hosted model is shown pictures of which size: what is larger is refused by one service and shrunk by the other.

Sources: Anthropic's and OpenAI's guides to vision and computer use, as of November 2026. A longer side than 2000 pixels
is refused by Anthropic as soon as a request holds more than 20 pictures.
"""

import re
from dataclasses import replace

from agent.dialects.anthropic_computer import AnthropicComputer
from agent.dialects.families import dialect_named
from agent.dialects.hosted import ComputerApi, HostedDialect
from agent.dialects.openai_computer import OpenAIComputer
from agent.dialects.sizes import Sizes
from agent.dialects.spaces import Absolute
from agent.models.hosted.openai_responses import detail_for
from devices.device import Surface

KEEPS = 10
"""Past screens that are shown again: at least so many, so that the services' caches seldom begin anew."""

CLAUDE = Sizes(28, 4, 1568, max_side=1568)
SHARP_CLAUDE = Sizes(28, 4, 4784, max_side=2000)
GPT = Sizes(32, 4, 10_000, max_side=6000)
SMALL_GPT = Sizes(32, 4, 1536, max_side=2048)


def hosted_dialect(
    service: str, model: str, *, surface: Surface = "computer", max_tokens: int | None = None, keeps: int | None = None
) -> HostedDialect:
    """The dialect of `model` at "anthropic" or "openai"; what is None stays as the service has it.

    Raises `ValueError` for a `max_tokens` that no picture can keep.
    """
    api: ComputerApi
    if service == "anthropic":
        api, sizes = AnthropicComputer(), SHARP_CLAUDE if re.search(r"opus-(?:4-[7-9]|[5-9])", model) else CLAUDE
    else:
        detail = detail_for(model)
        api, sizes = OpenAIComputer(detail), GPT if detail == "original" else SMALL_GPT
    sizes = replace(sizes, max_tokens=min(sizes.max_tokens, max_tokens or sizes.max_tokens))
    family = replace(dialect_named("generic", surface=surface, space=Absolute()), sizes=sizes)
    return HostedDialect(f"{service} computer", api, family, surface, KEEPS if keeps is None else keeps)
