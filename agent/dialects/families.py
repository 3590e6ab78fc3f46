"""The dialects there are, by name."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from agent.dialects import fara, fara_prompts, qwen35, qwen35_prompts
from agent.dialects import grounding_prompts as where
from agent.dialects import qwen_prompts as words
from agent.dialects.autoglm import autoglm
from agent.dialects.family import Family, PromptFormat
from agent.dialects.grammars import LONGEST_TEXT
from agent.dialects.grounding_prompts import Grounding
from agent.dialects.holo3 import HoloFormat
from agent.dialects.opencua import opencua
from agent.dialects.plain_json import JsonFormat
from agent.dialects.qwen import CALL_ONLY, WITH_ACTION, WITH_THINKING, WITH_WORDS, ToolCallFormat
from agent.dialects.sizes import Sizes
from agent.dialects.spaces import Absolute, Relative, Space
from agent.dialects.tools import computer_use, mobile_use
from agent.dialects.turns import Turns
from agent.dialects.ui_tars import UiTarsFormat
from agent.dialects.ui_venus import venus_2, venus_15
from devices.device import Surface

_QUERY = "The user query: {goal}\nTask progress (You have done the following operation on the current device): {steps}"
_THINK_ALOUD = (
    "\nBefore answering, explain your reasoning step-by-step in <thinking></thinking> tags, and insert them before the "
    "<tool_call></tool_call> XML tags.\nAfter answering, summarize your action in <conclusion></conclusion> tags, and "
    "insert them after the <tool_call></tool_call> XML tags.\n"
)
_NEXT_MOVE = (
    "Please generate the next move according to the UI screenshot, instruction and previous actions.\n\n"
    "Instruction: {goal}\n\nPrevious actions:\n{steps}"
)

_RESPONSES = Turns("{screen}{opening}", "<tool_response>\n{note}{screen}\n</tool_response>")
_FARA_TURNS = Turns("{screen}{opening}", "{screen}{note}" + fara_prompts.NEXT, replays_all=True)


def _qwen25_format(surface: Surface, longest: int) -> ToolCallFormat:
    tool = computer_use(*words.COMPUTER_VERBS) if surface == "computer" else mobile_use(*words.PHONE_VERBS)
    whole = surface == "phone"  # as the family's mobile cookbook gives its history
    return ToolCallFormat(tool, surface, words.prompt, _QUERY, CALL_ONLY, longest, whole_calls=whole)


def _gui_owl_format(surface: Surface, longest: int) -> ToolCallFormat:
    return replace(_qwen25_format(surface, longest), query=_QUERY + _THINK_ALOUD, template=WITH_THINKING)


def _qwen3_format(surface: Surface, longest: int) -> ToolCallFormat:
    tool = computer_use(*words.COMPUTER_VERBS_3) if surface == "computer" else mobile_use(*words.PHONE_VERBS_3)
    return ToolCallFormat(tool, surface, words.prompt_3, _NEXT_MOVE, WITH_ACTION, longest, nothing_yet="None")


def _qwen35_format(surface: Surface, longest: int) -> ToolCallFormat:
    tool = qwen35.computer_tool() if surface == "computer" else qwen35.phone_tool()
    query = "\n" + _NEXT_MOVE
    return ToolCallFormat(
        tool, surface, qwen35_prompts.prompt, query, WITH_ACTION, longest, "None", "xml", _RESPONSES, thinking=False
    )


def _fara_7b_format(surface: Surface, longest: int) -> PromptFormat:
    if surface == "phone":
        return JsonFormat(surface, longest)
    return ToolCallFormat(
        fara.tool_7b(),
        surface,
        fara_prompts.prompt_7b,
        "{goal}",
        WITH_WORDS,
        longest,
        turns=_FARA_TURNS,
        thought_answers=True,
    )


def _fara_15_format(surface: Surface, longest: int) -> PromptFormat:
    if surface == "phone":
        return JsonFormat(surface, longest)
    prompt = fara_prompts.prompt_15
    return ToolCallFormat(fara.tool_15(), surface, prompt, "{goal}", WITH_WORDS, longest, turns=_FARA_TURNS)


def _holo3_format(surface: Surface, longest: int) -> PromptFormat:
    return HoloFormat(longest) if surface == "computer" else JsonFormat(surface, longest)


def _autoglm_format(surface: Surface, longest: int) -> PromptFormat:
    return autoglm(longest) if surface == "phone" else JsonFormat(surface, longest)


def _opencua_format(surface: Surface, longest: int) -> PromptFormat:
    return opencua(longest) if surface == "computer" else JsonFormat(surface, longest)


def _thousand(surface: Surface) -> Space:
    return Relative(1000 if surface == "computer" else 999)  # as the resolution in the family's prompts says


def _absolute(surface: Surface) -> Space:
    return Absolute()


def _relative(surface: Surface) -> Space:
    return Relative(1000)


@dataclass(frozen=True, slots=True)
class FamilySpec:
    """The parts of a family, before a surface is chosen.

    `reply_tokens` is how long a reply may be: families that think before they act need more. One that `only_points` was
    never trained to decide.
    On a surface that it was not trained for, a family is asked in our own words (`JsonFormat`), with its own numbers.
    """

    sizes: Sizes
    space: Callable[[Surface], Space]
    prompt_format: Callable[[Surface, int], PromptFormat]
    grounding: Grounding
    keeps: int = 0
    reply_tokens: int = 512
    only_points: bool = False


DIALECTS: dict[str, FamilySpec] = {
    "qwen2.5-vl": FamilySpec(Sizes(28), _absolute, _qwen25_format, where.JSON_LIST),
    "qwen2-vl": FamilySpec(Sizes(28), _relative, JsonFormat, where.QWEN2_BOX),
    "qwen3-vl": FamilySpec(Sizes(32, 64), _thousand, _qwen3_format, where.JSON_LIST),
    "ui-tars-1.5": FamilySpec(Sizes(28, 100), _absolute, UiTarsFormat, where.UI_TARS_CLICK, keeps=4),
    "gui-owl-1": FamilySpec(Sizes(28), _absolute, _gui_owl_format, where.JSON_LIST),
    "gui-owl-1.5": FamilySpec(Sizes(32, 64), _thousand, _qwen3_format, where.JSON_LIST, keeps=3),
    "internvl2.5": FamilySpec(Sizes(448, 256, 3072, 256), _relative, JsonFormat, where.INTERNVL_BOX),
    "holo1.5": FamilySpec(Sizes(28, 4, 1280), _absolute, JsonFormat, where.HOLO_CLICK),
    "holo2": FamilySpec(Sizes(32, 64), _relative, JsonFormat, where.HOLO_JSON),
    "ui-tars-1": FamilySpec(Sizes(28, 100), _relative, UiTarsFormat, where.UI_TARS_CLICK, keeps=4),
    "qwen3.5": FamilySpec(Sizes(32, 64), _relative, _qwen35_format, where.JSON_LIST, keeps=5),
    "fara-7b": FamilySpec(Sizes(28), _absolute, _fara_7b_format, where.JSON_LIST, keeps=1),
    "fara-1.5": FamilySpec(Sizes(32, 64), _relative, _fara_15_format, where.JSON_LIST, keeps=1),
    "holo3": FamilySpec(Sizes(32, 64), _relative, _holo3_format, where.HOLO_JSON, keeps=1, reply_tokens=4096),
    "ui-venus-2": FamilySpec(Sizes(32, 64), _relative, venus_2, where.VENUS_POINT, keeps=1, reply_tokens=4096),
    "ui-venus-1.5": FamilySpec(Sizes(32, 64), _relative, venus_15, where.VENUS_POINT, reply_tokens=2048),
    "autoglm-phone": FamilySpec(Sizes(28, 16, 6377), _relative, _autoglm_format, where.ANY, reply_tokens=2048),
    "opencua": FamilySpec(Sizes(28), _absolute, _opencua_format, where.PYAUTOGUI_CLICK, keeps=2, reply_tokens=2048),
    "gta1": FamilySpec(Sizes(28), _absolute, JsonFormat, where.GTA1_POINT, only_points=True),
    "generic": FamilySpec(Sizes(28, 4, 1280), _relative, JsonFormat, where.ANY),
}


def dialect_named(
    name: str,
    *,
    surface: Surface = "computer",
    min_tokens: int | None = None,
    max_tokens: int | None = None,
    keeps: int | None = None,
    space: Space | None = None,
    longest_text: int = LONGEST_TEXT,
) -> Family:
    """The dialect called `name`; what is None stays as the family has it.

    `min_tokens` and `max_tokens` bound what a picture may cost, `keeps` is how many past screens are shown again,
    `space` which numbers the model points with (what a calibration found), `longest_text` how many characters a grammar
    lets be typed in one move. Raises `ValueError` for an unknown name, with the nearest one, and for bounds that no
    picture can keep.
    """
    from rapidfuzz import process  # only a misspelt name needs it

    if name not in DIALECTS:
        nearest = process.extractOne(name, list(DIALECTS))
        raise ValueError(f"there is no dialect {name!r}: the nearest is {nearest[0]!r}; all are {', '.join(DIALECTS)}")
    spec = DIALECTS[name]
    sizes = replace(
        spec.sizes,
        min_tokens=spec.sizes.min_tokens if min_tokens is None else min_tokens,
        max_tokens=spec.sizes.max_tokens if max_tokens is None else max_tokens,
    )
    return Family(
        name,
        sizes,
        spec.space(surface) if space is None else space,
        spec.prompt_format(surface, longest_text),
        spec.grounding,
        spec.keeps if keeps is None else keeps,
    )
