"""Makes text that others wrote harmless: what a tokenizer would take for its own marks is broken visibly."""

import re

from agent.safe_text import without_surrogates

# Marks by which the families' tokenizers and templates tell turns, pictures, calls and boxes. Wide forms of "<" and
# "|" are here because a tokenizer may normalise them before it looks for its marks.
_TAGS = (
    "tool_calls?|tool_response|tools?|think(?:ing)?|conclusion|answer|image|video|audio|img|img_context|quad|ref|box|"
    "point|patch|bos|eos|pad|unk|s|start_of_turn|end_of_turn|start_of_image|end_of_image"
)
_MARK = re.compile(rf"[<＜﹤](?=[|｜]|/?(?:{_TAGS})\s*/?[>＞﹥])", re.IGNORECASE)


def escaped(text: str) -> str:
    r"""`text` with a backslash after the "<" of every special mark: `<|im_end|>` becomes `<\|im_end|>`.

    No special token of Qwen, InternVL or their kin can be made of what comes out; ordinary text, HTML tags of other
    names included, stays as it is. Half a character, which no encoding can write, becomes a question mark.
    """
    return _MARK.sub(lambda mark: mark[0] + "\\", without_surrogates(text))
