"""A JSON Schema that a person wrote: checked before use, and used without fetching anything."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agent.models.chat import Grammar
from agent.queries.media import plain_file

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

LARGEST_SCHEMA = 1 << 20
DATA_KEYS = ("const", "default", "enum", "example", "examples")
"""Keywords whose values are data, not schemas: a "$ref" in them refers to nothing."""


class BadSchema(Exception):
    """The file holds no usable JSON Schema. The text says where and why."""


@dataclass(frozen=True, eq=False)
class Schema:
    """A JSON Schema that can be validated against, references within it included."""

    value: Mapping[str, Any]
    validator: "Validator"

    def flaw(self, value: Any) -> str:
        """What is wrong with `value`, at most three flaws, in words for the model; "" when it is valid.

        Raises `BadSchema` where the schema turns out to lead nowhere, or round in circles.
        """
        from referencing.exceptions import Unresolvable

        try:
            flaws = sorted(self.validator.iter_errors(value), key=lambda error: len(error.absolute_path))
        except Unresolvable as error:
            raise BadSchema(f"the schema refers to {error.ref!r}, which is not in it; nothing is fetched") from error
        except RecursionError as error:
            raise BadSchema("the schema refers to itself without an end") from error
        return "; ".join(f"at {error.json_path}: {error.message[:300]}" for error in flaws[:3])


def read_schema(path: Path) -> Schema:
    """The schema in the JSON file `path`. Raises `BadSchema`, `BadMedia` where there is no such file."""
    with plain_file(path, LARGEST_SCHEMA) as file:
        data = file.read()
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise BadSchema(f"{path} is no JSON: {error or 'nested too deep'}") from error
    try:
        return schema_of(value)
    except BadSchema as error:
        raise BadSchema(f"{path}: {error}") from error


def schema_of(value: Any) -> Schema:
    """`value` as a schema of the draft that its "$schema" names, 2020-12 if none. Raises `BadSchema`."""
    from jsonschema import Draft202012Validator, SchemaError
    from jsonschema.validators import validator_for
    from referencing import Registry

    if not isinstance(value, dict):
        raise BadSchema(f"a schema is a JSON object; found {json.dumps(value)[:40]}")
    kind = validator_for(value, default=Draft202012Validator)
    try:
        kind.check_schema(value)
    except SchemaError as error:
        raise BadSchema(f"no JSON Schema: at {error.json_path}: {error.message[:300]}") from error
    except RecursionError as error:
        raise BadSchema("nested too deep") from error
    _refuse_what_leads_out(value, kind)
    # An empty registry that knows no way to retrieve: jsonschema's own would fetch remote references.
    return Schema(value, kind(value, registry=Registry(), format_checker=kind.FORMAT_CHECKER))


def grammar_of(schema: Mapping[str, Any]) -> Grammar | None:
    """The grammar of a reply that is one JSON value of `schema`, as far as llguidance can express it.

    Keywords that it does not know are left to the validation afterwards. None where it cannot express it at all, or is
    not there: then the model is asked in words alone.
    """
    try:
        from llguidance import LLMatcher
    except ImportError:
        return Grammar(lark_of(schema), schema)  # only a model in this process reads the Lark, and brings llguidance
    lark = lark_of(schema)
    return None if LLMatcher.validate_grammar(LLMatcher.grammar_from_lark(lark)) else Grammar(lark, schema)


def lark_of(schema: Mapping[str, Any]) -> str:
    """llguidance's Lark for one JSON value of `schema`, in a code fence or not: as each family was trained to write.

    It is written tightly, for loose whitespace is where models get lost.
    """
    tight = {"whitespace_flexible": False, "item_separator": ", ", "key_separator": ": "}
    value = json.dumps({**schema, "x-guidance": tight | {"lenient": True, "coerce_one_of": True}})
    return f'start: value | "```json\\n" value "\\n```"\nvalue: %json {value}\n'


def _refuse_what_leads_out(value: Mapping[str, Any], kind: Any) -> None:
    from referencing import Registry
    from referencing.exceptions import Unresolvable
    from referencing.jsonschema import DRAFT202012, specification_with

    dialect = kind.META_SCHEMA.get("$schema", "")
    root = specification_with(dialect, default=DRAFT202012).create_resource(value)
    resolver = Registry().with_resource(root.id() or "", root).crawl().resolver(root.id() or "")
    for base, reference in _references(value, resolver, root):
        try:
            base.lookup(reference)
        except (Unresolvable, ValueError) as error:
            raise BadSchema(f"it refers to {reference!r}, which is not in it; nothing is fetched: put it in") from error


def _references(node: Any, resolver: Any, resource: Any) -> Iterator[tuple[Any, str]]:
    """Every reference in `node`, with the resolver of the place where it stands."""
    if isinstance(node, dict):
        if isinstance(node.get("$id"), str) and node is not resource.contents:
            resolver = resolver.in_subresource(type(resource)(node, resource._specification))
        for key, value in node.items():
            if key in ("$ref", "$dynamicRef") and isinstance(value, str):
                yield resolver, value
            elif key not in DATA_KEYS:
                yield from _references(value, resolver, resource)
    elif isinstance(node, list):
        for each in node:
            yield from _references(each, resolver, resource)
