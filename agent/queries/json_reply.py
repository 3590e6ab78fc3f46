"""The JSON value in a reply, exactly as it was written: nothing is repaired or made up."""

import json
import re
from typing import Any

from agent.validation import finite, no_constant, no_duplicate_keys

LONGEST_REPLY = 1 << 20


def json_in(text: str) -> Any:
    """The JSON value that `text` is, or the first object or list in it, or in its first code fence.

    Raises `ValueError` saying what is wrong: none, broken, over a megabyte, nested too deep, a key twice in one object,
    a number that is not finite.
    """
    if len(text) > LONGEST_REPLY:
        raise ValueError(f"a reply of {len(text):,} characters is too long; at most {LONGEST_REPLY:,} are read")
    decoder = json.JSONDecoder(object_pairs_hook=no_duplicate_keys, parse_constant=no_constant, parse_float=finite)
    fenced = re.search(r"```(?:json)?\s*\n", text)
    bare = text[fenced.end() if fenced else 0 :].strip()
    start = min((at for at in (bare.find("{"), bare.find("[")) if at >= 0), default=-1)
    try:
        if start < 0 or bare[:1] in ('"', "-") or bare[:1].isdigit():
            return decoder.decode(bare)
        return decoder.raw_decode(bare, start)[0]
    except json.JSONDecodeError as error:
        raise ValueError(f"no JSON: {error.msg} at character {error.pos}") from error
    except RecursionError as error:
        raise ValueError("no JSON: nested too deep") from error
