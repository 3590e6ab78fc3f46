"""A model that is hosted by a service, and the dialect of the service's computer tool, from the words of a command."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from agent.dialects.dialect import Dialect
    from agent.models.chat import ChatModel
    from devices import Stop
    from devices.device import Surface


def open_hosted(
    model: tuple[str, str],
    where: tuple[str | None, bool],
    key_file: Path | None,
    seconds: float,
    stop: "Stop",
    say: Callable[[str], None],
) -> "ChatModel":
    """The `model`: a service, "anthropic" or "openai", and the name that it has there. A reply takes `seconds` at most.

    `where` is another address than the service's own, for gateways, and whether it may be plain http elsewhere. The key
    is in `key_file` or in the variable that the service's SDK takes it from. Raises `ModelFailed` where that SDK is not
    installed, and `typer.BadParameter`.
    """
    from agent.models.endpoint.address import read_address
    from agent.models.endpoint.api_key import read_api_key
    from agent.models.endpoint.client import CallLimits
    from agent.models.hosted import anthropic_messages, openai_responses

    service, name = model
    module = anthropic_messages if service == "anthropic" else openai_responses
    if not name:
        raise typer.BadParameter(f"name the model: {service}:NAME", param_hint="--model")
    try:
        address = str(read_address(where[0] or module.ADDRESS, insecure=where[1]))
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--endpoint") from error
    try:
        key = read_api_key(key_file, variable=module.VARIABLE)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--key-file") from error
    if key is None:
        wanted = f"{service} wants a key: put it into {module.VARIABLE}, or name a file with --key-file"
        raise typer.BadParameter(wanted, param_hint="--model")
    limits = CallLimits(seconds=seconds)
    if service == "anthropic":
        return anthropic_messages.AnthropicMessages(name, key, address=address, limits=limits, stop=stop, say=say)
    return openai_responses.OpenAIResponses(name, key, address=address, limits=limits, stop=stop, say=say)


def spoken_to(
    service: str,
    name: str,
    surface: "Surface",
    max_tokens: int | None,
    keeps: int | None,
    say: Callable[[str], None],
) -> "Dialect":
    """The dialect of that model's computer tool; `say` is told. Raises `typer.BadParameter` for unusable bounds."""
    from agent.dialects.hosted_families import hosted_dialect

    try:
        dialect = hosted_dialect(service, name, surface=surface, max_tokens=max_tokens, keeps=keeps)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--max-tokens") from error
    say(f"dialect: {dialect.name} (the service's own tool)")
    return dialect
