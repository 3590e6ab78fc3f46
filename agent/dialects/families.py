"""Every dialect by its name."""

from functools import partial

from agent.dialects import qwen_prompts as words
from agent.dialects.dialect import Dialect, Surface
from agent.dialects.family import Family
from agent.dialects.grammars import LONGEST_TEXT
from agent.dialects.grounding import JsonPlaces
from agent.dialects.qwen import ToolVoice, computer_use, mobile_use
from agent.dialects.sizes import Sizes
from agent.dialects.spaces import Absolute, Space

QUERY = "The user query: {goal}\nTask progress (You have done the following operation on the current device): {steps}"
CALL_ONLY = 'start: <tool_call> "\\n" call "\\n" </tool_call>'


def _qwen25_prompt(surface: Surface, width: int, height: int) -> str:
    if surface == "phone":
        description = words.PHONE.format(width=width, height=height)
        return words.system(words.tool("mobile_use", description, words.PHONE_VERBS, words.PHONE_FIELDS, old=True))
    description = words.COMPUTER.format(width=width, height=height)
    return words.system(words.tool("computer_use", description, words.COMPUTER_VERBS, words.COMPUTER_FIELDS, old=True))


def dialect_named(
    name: str,
    *,
    surface: Surface = "computer",
    min_tokens: int | None = None,
    max_tokens: int | None = None,
    keeps: int | None = None,
    space: Space | None = None,
    longest_text: int = LONGEST_TEXT,
) -> Dialect:
    """The dialect of that name."""
    sizes = Sizes(28, min_tokens or 4, max_tokens or 16384)
    tool = computer_use(*words.COMPUTER_VERBS) if surface == "computer" else mobile_use(*words.PHONE_VERBS)
    voice = ToolVoice(tool, partial(_qwen25_prompt, surface), QUERY, CALL_ONLY, longest_text)
    return Family("qwen2.5-vl", sizes, space or Absolute(), voice, JsonPlaces(), keeps or 0)
