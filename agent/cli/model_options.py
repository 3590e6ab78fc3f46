"""Which model a command asks: the options that every such command shares become a chat model, its dialect, a policy."""

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
    from agent.dialects.dialect import Dialect
    from agent.dialects.spaces import Space
    from agent.models.chat import ChatModel
    from agent.policy import Policy
    from devices import Stop
    from devices.device import Surface

PANEL = "Model"
REPLY_TOKENS, HOSTED_REPLY_TOKENS = 512, 8192  # thoughts count; what is not written costs nothing
Compute = Literal["auto", "cpu", "cuda", "mps"]
Precision = Literal["auto", "bfloat16", "float16", "float32"]


def _option(*names: str, text: str, default: str | bool = True, minimum: int | None = None) -> Any:
    return typer.Option(*names, help=text, rich_help_panel=PANEL, show_default=default, min=minimum)


@dataclass(frozen=True, slots=True)
class ModelOptions:
    """The options of every command that asks a model: in this process or behind an endpoint, and how to speak to it."""

    model: Annotated[
        str | None,
        _option(
            "--model",
            text="A hub name or folder; with --endpoint the server's name; anthropic:NAME or openai:NAME, hosted.",
        ),
    ] = None
    endpoint: Annotated[
        str | None, _option("--endpoint", text="An OpenAI-compatible server: http://localhost:8000/v1.")
    ] = None
    dialect: Annotated[
        str, _option("--dialect", text="How its family is spoken to: qwen2.5-vl, ui-tars-1.5, generic ...")
    ] = "auto"
    key_file: Annotated[
        Path | None,
        _option(
            "--key-file",
            text="A file that holds the server's key.",
            default="the variable SCREENHAND_API_KEY; hosted: the service's own",
        ),
    ] = None
    insecure: Annotated[
        bool, _option("--insecure", text="Allow plain http to another machine: anyone between can read the screen.")
    ] = False
    min_tokens: Annotated[
        int | None, _option("--min-tokens", text="Fewest visual tokens a picture.", default="the family's", minimum=4)
    ] = None
    max_tokens: Annotated[
        int | None,
        _option(
            "--max-tokens", text="Most visual tokens a picture: fewer is faster.", default="the family's", minimum=4
        ),
    ] = None
    keep_screens: Annotated[
        int | None, _option("--keep-screens", text="Past screenshots it sees again.", default="the family's", minimum=0)
    ] = None
    reply_tokens: Annotated[
        int | None,
        _option("--reply-tokens", text="Most tokens a reply.", default="the family's; extract: 4096", minimum=1),
    ] = None
    reply_seconds: Annotated[
        float, _option("--reply-seconds", text="Most seconds an endpoint may take, retries included.")
    ] = 120.0
    revision: Annotated[str | None, _option("--revision", text="A branch, tag or commit of a hub model.")] = None
    compute: Annotated[Compute, _option("--compute", text="Where a model in this process runs.")] = "auto"
    precision: Annotated[Precision, _option("--precision", text="Its numbers.")] = "auto"

    @property
    def hosted(self) -> tuple[str, str] | None:
        """The service and the name of a model that is hosted; None for any other."""
        service, colon, name = (self.model or "").partition(":")
        return (service, name) if colon and service in ("anthropic", "openai") else None

    @property
    def names_model(self) -> bool:
        """Whether the command line names a model at all."""
        return self.model is not None or self.endpoint is not None


def with_model_options(command: Callable[..., None]) -> Callable[..., None]:
    """`command`, which takes `model_options`, as one that takes an option for each field of `ModelOptions` instead."""
    own = [each for each in signature(command, eval_str=True).parameters.values() if each.name != "model_options"]
    hints = get_type_hints(ModelOptions, include_extras=True)
    shared = [
        Parameter(field.name, Parameter.KEYWORD_ONLY, default=field.default, annotation=hints[field.name])
        for field in dataclasses.fields(ModelOptions)
    ]

    @wraps(command)
    def flat(**values: Any) -> None:
        options = ModelOptions(**{option.name: values.pop(option.name) for option in shared})
        if options.endpoint and not options.model:
            raise typer.BadParameter("name the model that the endpoint is to use", param_hint="--model")
        command(**values, model_options=options)

    parameters = [each.replace(kind=Parameter.KEYWORD_ONLY) for each in own] + shared
    flat.__signature__ = Signature(parameters)  # type: ignore[attr-defined]  # what typer reads
    flat.__annotations__ = {each.name: each.annotation for each in parameters}
    return flat


@contextmanager
def open_model(
    options: ModelOptions,
    stop: "Stop",
    say: Callable[[str], None],
    surface: "Surface" = "computer",
    *,
    calibrated: bool = True,
) -> "Iterator[tuple[ChatModel, Dialect]]":
    """The model that `options` name, and the dialect it is spoken to in; `say` is told which.

    Unless `calibrated` is false, the dialect reads points as `screenhand calibrate` found the model to mean them.
    Raises `ModelFailed`, `Stopped`, and `typer.BadParameter` for a flag that cannot be meant.
    """
    dialect = _dialect(options, surface, say, calibrated=calibrated)
    opened = _hosted if options.hosted else _remote if options.endpoint else _local
    with closing(opened(options, stop, say)) as model:
        yield model, dialect


@contextmanager
def open_policy(
    options: ModelOptions,
    stop: "Stop",
    say: Callable[[str], None],
    surface: "Surface" = "computer",
    *,
    zoom: bool = False,
) -> "Iterator[Policy]":
    """The policy that asks the model of `options`; with `zoom` it looks twice. Raises what `open_model` raises."""
    from agent.dialects.families import DIALECTS
    from agent.vision import VisionPolicy
    from agent.zoom import ZoomPolicy

    with open_model(options, stop, say, surface) as (model, dialect):
        family = DIALECTS.get(dialect.name)
        if family and family.only_points:
            say(f"{dialect.name} was trained to point at things, not to decide: expect little of it but from locate")
        usual = family.reply_tokens if family and not options.hosted else HOSTED_REPLY_TOKENS
        policy = VisionPolicy(model, dialect, options.reply_tokens or usual)
        yield ZoomPolicy(policy) if zoom else policy


def _dialect(options: ModelOptions, surface: "Surface", say: Callable[[str], None], *, calibrated: bool) -> "Dialect":
    from agent.dialects.families import dialect_named
    from agent.dialects.model_names import rule_for

    if options.hosted and options.dialect == "auto":
        from agent.cli.hosted_model import spoken_to

        return spoken_to(*options.hosted, surface, options.max_tokens, options.keep_screens, say)
    rule, most, why = rule_for(str(options.model)), options.max_tokens, "by the model's name"
    name, space = rule.dialect, rule.space
    if not options.endpoint and not options.hosted:
        from agent.models.local.checkpoint_defaults import checkpoint_defaults

        defaults = checkpoint_defaults(str(options.model), options.revision)
        most = most or defaults.most_tokens
        name, why = (name, why) if rule.pattern else (defaults.dialect, "by its class")
    if options.dialect != "auto":
        name, why, space = options.dialect, "as asked", None
    try:
        dialect = dialect_named(
            name,
            surface=surface,
            min_tokens=options.min_tokens,
            max_tokens=most,
            keeps=options.keep_screens,
            space=space,
        )
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--dialect") from error
    say(f"dialect: {name} ({why})")
    measured = _calibrated_space(options, name, say) if calibrated else None
    return replace(dialect, space=measured) if measured else dialect


def _calibrated_space(options: ModelOptions, dialect: str, say: Callable[[str], None]) -> "Space | None":
    from agent.calibration.candidate_spaces import describe_space
    from agent.calibration.profile import profile_for
    from agent.models.chat import ModelFailed

    try:
        profile = profile_for(str(options.model), options.endpoint or "", dialect)
    except ValueError as error:
        raise ModelFailed(str(error)) from error
    if profile is None:
        return None
    say(f"calibrated: it points in {describe_space(profile.space)}, {profile.residual:.1f} px off ({profile.made})")
    return profile.space


def _hosted(options: ModelOptions, stop: "Stop", say: Callable[[str], None]) -> "ChatModel":
    from agent.cli.hosted_model import open_hosted

    where, model = (options.endpoint, options.insecure), options.hosted or ("", "")
    return open_hosted(model, where, options.key_file, options.reply_seconds, stop, say)


def _remote(options: ModelOptions, stop: "Stop", say: Callable[[str], None]) -> "ChatModel":
    from agent.models.endpoint.address import read_address
    from agent.models.endpoint.api_key import read_api_key
    from agent.models.endpoint.client import CallLimits, Endpoint

    try:
        address = read_address(str(options.endpoint), insecure=options.insecure)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--endpoint") from error
    try:
        key = read_api_key(options.key_file)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--key-file") from error
    limits = CallLimits(seconds=options.reply_seconds)
    return Endpoint(address, str(options.model), key=key, limits=limits, stop=stop, say=say)


def _local(options: ModelOptions, stop: "Stop", say: Callable[[str], None]) -> "ChatModel":
    from rich.console import Console
    from rich.progress import Progress

    from agent.models.local.loader import open_local

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("loading weights", total=None)
        return open_local(
            str(options.model),
            revision=options.revision,
            device=None if options.compute == "auto" else options.compute,
            dtype=None if options.precision == "auto" else options.precision,
            stop=stop,
            say=say,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )
