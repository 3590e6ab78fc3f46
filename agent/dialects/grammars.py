"""Grammars of replies: JSON Schema for servers, llguidance's Lark for the engine in this process."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from agent.dialects.fit import Fit

LONGEST_TEXT = 2000  # characters that a grammar lets be typed in one move; a server's schema has no such bound

_TRAINED_FORM = {"whitespace_flexible": False, "item_separator": ", ", "key_separator": ": "}


def variants(
    verbs: Mapping[str, Sequence[str]],
    fit: Fit,
    *,
    buttons: Sequence[str] = (),
    longest: int = 0,
    thought: bool = False,
) -> dict[str, Any]:
    """The schema of an arguments object: one variant for each of `verbs`, with its own fields and no others.

    Points lie inside the picture of `fit`. Text has at most `longest` characters; 0 sets no bound anywhere, for servers
    that lose JSON's escapes once a string is bounded (xgrammar does). With `thought`, that comes first.
    """
    fields = _fields(fit, longest, buttons)
    first = {"thought": {"type": "string"} | ({"maxLength": 300} if longest else {})} if thought else {}
    objects = []
    for verb, names in verbs.items():
        own = {name.rstrip("?"): fields[name.rstrip("?")] for name in names}
        optional = [name.rstrip("?") for name in names if name.endswith("?")]
        objects.append(object_schema({**first, "action": {"const": verb}, **own}, optional))
    return {"anyOf": objects}


def xml_rules(tool: str, verbs: Mapping[str, Sequence[str]], fit: Fit, buttons: Sequence[str], longest: int) -> str:
    """Lark rules of `call`, a call of `tool` as Qwen3.5 writes it: each parameter between tags on their own lines."""
    fields = _fields(fit, longest, buttons)
    # Text and its closing tag are one terminal: the lexer is greedy. A "<" in it opens no closing tag.
    rules = [rf"TEXT: /([^<]|<[^\/]){{0,{longest}}}\n<\/parameter>\n/", 'END: "\\n</parameter>\\n"']
    rules += [f"{name}: {json_rule(schema)}" for name, schema in fields.items() if schema.get("type") != "string"]
    calls = []
    for verb, names in verbs.items():
        written = [f'"<parameter=action>\\n{verb}\\n</parameter>\\n"']
        for name in (each.rstrip("?") for each in names):
            opening = f'"<parameter={name}>\\n"'
            if "enum" in fields[name]:
                value = "(" + " | ".join(json.dumps(choice) for choice in fields[name]["enum"]) + ") END"
            else:
                value = "TEXT" if fields[name].get("type") == "string" else f"{name} END"
            written.append(f"({opening} {value})" + ("?" if f"{name}?" in names else ""))
        calls.append(" ".join(written))
    body = "\n  | ".join(calls)
    return f'call: "<function={tool}>\\n" ({body}) "</function>"\n' + "\n".join(rules) + "\n"


def call_schema(tool: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The schema of `{"name": tool, "arguments": ...}`."""
    return object_schema({"name": {"const": tool}, "arguments": arguments})


def object_schema(properties: Mapping[str, Any], optional: Sequence[str] = ()) -> dict[str, Any]:
    """The schema of an object with these `properties`, in their order, and no others."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": dict(properties), "required": required, "additionalProperties": False}


def json_rule(schema: Mapping[str, Any]) -> str:
    """A Lark rule body: `schema`, written with the separators that the families were trained with."""
    return "%json " + json.dumps({**schema, "x-guidance": _TRAINED_FORM})


def point_schema(fit: Fit) -> dict[str, Any]:
    """`[x, y]` inside the picture of `fit`, whole numbers."""
    return _numbers([axis_schema(fit, 0), axis_schema(fit, 1)])


def box_schema(fit: Fit) -> dict[str, Any]:
    """`[x1, y1, x2, y2]` inside the picture of `fit`, whole numbers."""
    return _numbers([axis_schema(fit, 0), axis_schema(fit, 1)] * 2)


def _fields(fit: Fit, longest: int, buttons: Sequence[str]) -> dict[str, Any]:
    def string(most: int, least: int = 0) -> dict[str, Any]:
        return {"type": "string"} | ({"minLength": least, "maxLength": most} if longest else {})

    return {
        "coordinate": point_schema(fit),
        "coordinate2": point_schema(fit),
        "keys": {"type": "array", "items": string(20, least=1), "minItems": 1, "maxItems": 4},
        "text": string(longest),
        "pixels": {
            "anyOf": [
                {"type": "integer", "minimum": -5000, "maximum": -1},
                {"type": "integer", "minimum": 1, "maximum": 5000},
            ]
        },
        "time": {"type": "integer", "minimum": 0, "maximum": 60},
        "button": {"enum": list(buttons)},
        "status": {"enum": ["success", "failure"]},
        **{name: string(longest) for name in ("url", "query", "fact", "question", "answer")},
        **{name: {"type": "boolean"} for name in ("press_enter", "delete_existing_text")},
    }


def axis_schema(fit: Fit, axis: int) -> dict[str, Any]:
    """A number inside the picture of `fit` along `axis`, 0 for x and 1 for y; whole, but from 0 to 1."""
    if fit.extent[axis] <= 1:
        return {"type": "number", "minimum": 0, "maximum": 1}
    return {"type": "integer", "minimum": 0, "maximum": int(fit.extent[axis]) - fit.whole_pixels}


def _numbers(items: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "array", "prefixItems": items, "items": False, "minItems": len(items), "maxItems": len(items)}
