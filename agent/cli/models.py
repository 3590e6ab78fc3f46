"""Which model a command asks: the options that every such command shares become a chat model and its dialect."""

import dataclasses
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import wraps
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_type_hints

import typer

if TYPE_CHECKING:
    from agent.dialects.dialect import Dialect, Surface
    from agent.dialects.spaces import Space
    from agent.models.chat import ChatModel
    from devices import Stop

PANEL = "Model"
Compute = Literal["auto", "cpu", "cuda", "mps"]
Precision = Literal["auto", "bfloat16", "float16", "float32"]


def _option(*names: str, text: str, shown: str | bool = True, least: int | None = None) -> Any:
    return typer.Option(*names, help=text, rich_help_panel=PANEL, show_default=shown, min=least)


@dataclass(frozen=True, slots=True)
class ModelOrder:
    """What a person asked for: a model in this process, or one behind an endpoint, and how to speak to it."""

    model: Annotated[
        str | None,
        _option("--model", text="A hub name or a folder; with --endpoint the name that the server knows it by."),
    ] = None
    endpoint: Annotated[
        str | None, _option("--endpoint", text="An OpenAI-compatible server: http://localhost:8000/v1.")
    ] = None
    dialect: Annotated[
        str, _option("--dialect", text="How its family is spoken to: qwen2.5-vl, ui-tars-1.5, generic ...")
    ] = "auto"
    key_file: Annotated[
        Path | None,
        _option("--key-file", text="A file that holds the server's key.", shown="the variable SCREENHAND_API_KEY"),
    ] = None
    insecure: Annotated[
        bool, _option("--insecure", text="Allow plain http to another machine: anyone between can read the screen.")
    ] = False
    min_tokens: Annotated[
        int | None, _option("--min-tokens", text="Fewest visual tokens a picture.", shown="the family's", least=4)
    ] = None
    max_tokens: Annotated[
        int | None,
        _option("--max-tokens", text="Most visual tokens a picture: fewer is faster.", shown="the family's", least=4),
    ] = None
    keep_screens: Annotated[
        int | None, _option("--keep-screens", text="Past screenshots it sees again.", shown="the family's", least=0)
    ] = None
    reply_tokens: Annotated[
        int | None, _option("--reply-tokens", text="Most tokens a reply.", shown="512; extract: 4096", least=1)
    ] = None
    reply_seconds: Annotated[
        float, _option("--reply-seconds", text="Most seconds an endpoint may take, retries included.")
    ] = 120.0
    revision: Annotated[str | None, _option("--revision", text="A branch, tag or commit of a hub model.")] = None
    compute: Annotated[Compute, _option("--compute", text="Where a model in this process runs.")] = "auto"
    precision: Annotated[Precision, _option("--precision", text="Its numbers.")] = "auto"

    @property
    def wanted(self) -> bool:
        """Whether a model was asked for at all."""
        return self.model is not None or self.endpoint is not None


def asks_a_model(command: Callable[..., None]) -> Callable[..., None]:
    """`command`, which takes `asked: ModelOrder`, as one that takes an option for each field of it instead."""
    own = [each for each in signature(command, eval_str=True).parameters.values() if each.name != "asked"]
    hints = get_type_hints(ModelOrder, include_extras=True)
    options = [
        Parameter(field.name, Parameter.KEYWORD_ONLY, default=field.default, annotation=hints[field.name])
        for field in dataclasses.fields(ModelOrder)
    ]

    @wraps(command)
    def with_options(**given: Any) -> None:
        asked = ModelOrder(**{option.name: given.pop(option.name) for option in options})
        if asked.endpoint and not asked.model:
            raise typer.BadParameter("name the model that the endpoint is to use", param_hint="--model")
        command(**given, asked=asked)

    parameters = [each.replace(kind=Parameter.KEYWORD_ONLY) for each in own] + options
    with_options.__signature__ = Signature(parameters)  # type: ignore[attr-defined]  # what typer reads
    with_options.__annotations__ = {each.name: each.annotation for each in parameters}
    return with_options


@contextmanager
def opened_model(
    asked: ModelOrder,
    stop: "Stop",
    say: Callable[[str], None],
    surface: "Surface" = "computer",
    *,
    calibrated: bool = True,
) -> "Iterator[tuple[ChatModel, Dialect]]":
    """The model asked for, and the dialect it is spoken to in; `say` is told which.

    Unless `calibrated` is false, the dialect reads points as `screenhand calibrate` found the model to mean them.
    Raises `ModelFailed`, `Stopped`, and `typer.BadParameter` for a flag that cannot be meant.
    """
    dialect = _dialect(asked, surface, say, calibrated=calibrated)
    with closing(_remote(asked, stop, say) if asked.endpoint else _local(asked, stop, say)) as model:
        yield model, dialect


def _dialect(asked: ModelOrder, surface: "Surface", say: Callable[[str], None], *, calibrated: bool) -> "Dialect":
    from agent.dialects.families import dialect_for, dialect_named

    name, most, why = dialect_for(str(asked.model)), asked.max_tokens, "by the model's name"
    if not asked.endpoint:
        from agent.models.local.checkpoint_defaults import checkpoint_defaults

        brought_up = checkpoint_defaults(str(asked.model), asked.revision)
        most = most or brought_up.most_tokens
        name, why = (brought_up.dialect, "by its class") if name == "generic" else (name, why)
    if asked.dialect != "auto":
        name, why = asked.dialect, "as asked"
    try:
        dialect = dialect_named(
            name, surface=surface, min_tokens=asked.min_tokens, max_tokens=most, keeps=asked.keep_screens
        )
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--dialect") from error
    say(f"dialect: {name} ({why})")
    space = _calibrated_space(asked, name, say) if calibrated else None
    return replace(dialect, space=space) if space else dialect


def _calibrated_space(asked: ModelOrder, dialect: str, say: Callable[[str], None]) -> "Space | None":
    from agent.calibration.candidate_spaces import describe_space
    from agent.calibration.profile import profile_for
    from agent.models.chat import ModelFailed

    try:
        profile = profile_for(str(asked.model), asked.endpoint or "", dialect)
    except ValueError as error:
        raise ModelFailed(str(error)) from error
    if profile is None:
        return None
    say(f"calibrated: it points in {describe_space(profile.space)}, {profile.residual:.1f} px off ({profile.made})")
    return profile.space


def _remote(asked: ModelOrder, stop: "Stop", say: Callable[[str], None]) -> "ChatModel":
    from agent.models.endpoint.address import read_address
    from agent.models.endpoint.api_key import read_api_key
    from agent.models.endpoint.client import CallLimits, Endpoint

    try:
        address = read_address(str(asked.endpoint), insecure=asked.insecure)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--endpoint") from error
    try:
        key = read_api_key(asked.key_file)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--key-file") from error
    limits = CallLimits(seconds=asked.reply_seconds)
    return Endpoint(address, str(asked.model), key=key, limits=limits, stop=stop, say=say)


def _local(asked: ModelOrder, stop: "Stop", say: Callable[[str], None]) -> "ChatModel":
    from rich.console import Console
    from rich.progress import Progress

    from agent.models.local.loader import open_local

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("loading weights", total=None)
        return open_local(
            str(asked.model),
            revision=asked.revision,
            device=None if asked.compute == "auto" else asked.compute,
            dtype=None if asked.precision == "auto" else asked.precision,
            stop=stop,
            say=say,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )
