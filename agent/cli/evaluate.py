"""`screenhand eval`: words become a suite, a policy, units and slots to play them in."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from agent.cli.models import ModelOrder, asks_a_model

if TYPE_CHECKING:
    from agent.evaluate.live.trials import Shard
    from tasks.suite import Suite


@asks_a_model
def evaluate(
    suite: Annotated[str, typer.Argument(help="toy, desktop, android or miniwob.", show_default=False)],
    *,
    asked: ModelOrder,
    proof: Annotated[
        Literal["oracle", "idle"] | None,
        typer.Option("--policy", help="Prove the suite: play the known solutions, or do nothing.", show_default=False),
    ] = None,
    zoom: Annotated[bool, typer.Option("--zoom", help="Let the model look twice: all of it, then closer.")] = False,
    seeds: Annotated[int, typer.Option("--seeds", min=1, help="How many seeds each task is tried at.")] = 1,
    first_seed: Annotated[int, typer.Option("--first-seed", min=0, help="The first of them.")] = 0,
    task: Annotated[
        list[str] | None, typer.Option("--task", help="Only this task. Repeatable.", show_default="all of the suite")
    ] = None,
    executor: Annotated[
        Literal["serial", "process", "ray"],
        typer.Option("--executor", help="In this process, in one for each worker, or on a Ray cluster."),
    ] = "process",
    workers: Annotated[
        int | None,
        typer.Option("--workers", min=1, help="Episodes side by side.", show_default="1; ray: as many as have room"),
    ] = None,
    shard: Annotated[
        str, typer.Option("--shard", metavar="I/N", help="Only the Ith of N parts: one for each machine.")
    ] = "1/1",
    results: Annotated[
        Path | None, typer.Option("--results", help="Folder for results.", show_default="recordings/NOW-eval-SUITE")
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on where an earlier run stopped.")] = False,
    retries: Annotated[int, typer.Option("--retries", min=0, help="How often a fault is tried again.")] = 1,
    max_steps: Annotated[
        int | None, typer.Option("--max-steps", min=1, help="Most steps an episode.", show_default="the suite's")
    ] = None,
    max_seconds: Annotated[float, typer.Option("--max-seconds", min=0.1, help="Most seconds an episode.")] = 300.0,
    unit_seconds: Annotated[
        float | None,
        typer.Option(
            "--unit-seconds",
            min=0.1,
            help="After so many a worker hangs and is ended, setting up and judging included.",
            show_default="120 more than --max-seconds",
        ),
    ] = None,
    min_pass_rate: Annotated[
        float | None, typer.Option("--min-pass-rate", min=0, max=100, help="Exit with 1 if fewer per cent passed.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="End with one JSON object on standard output.")] = False,
) -> None:
    from agent.cli.evaluating import EvalOrder, evaluated
    from agent.cli.playing import PlayOrder
    from agent.evaluate.live.results_folder import Settings, this_machine, this_version

    chosen = _suite(suite)
    if proof and asked.wanted:
        raise typer.BadParameter("a policy that proves a suite asks no model", param_hint="--policy")
    who = proof or ("model" if asked.wanted else "builtin")
    play = PlayOrder(suite=suite, who=who, asked=asked, zoom=zoom, steps=max_steps, seconds=max_seconds)
    settings = Settings(
        suite=suite,
        tasks=_tasks(chosen, task or []),
        seeds=tuple(range(first_seed, first_seed + seeds)),
        policy=play.policy,
        steps=max_steps,
        seconds=max_seconds,
        version=this_version(),
        machine=this_machine(),
    )
    order = EvalOrder(
        play,
        chosen.needs,
        settings,
        _shard(shard),
        _folder(results, suite, resume=resume),
        resume,
        executor,
        workers,
        retries,
        unit_seconds or max_seconds + 120,
        min_pass_rate,
        as_json,
    )
    raise typer.Exit(evaluated(order))


def _suite(name: str) -> "Suite":
    from tasks.suites import suite_named

    try:
        return suite_named(name)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="SUITE") from error


def _tasks(suite: "Suite", wanted: list[str]) -> tuple[str, ...]:
    if unknown := [name for name in wanted if name not in suite.tasks]:
        told = f"{suite.name} has no task {', '.join(map(repr, unknown))}; it has {', '.join(suite.tasks)}"
        raise typer.BadParameter(told, param_hint="--task")
    return tuple(task for task in suite.tasks if task in wanted or not wanted)


def _shard(text: str) -> "Shard":
    from agent.evaluate.live.trials import Shard

    number, slash, of = text.partition("/")
    try:
        if not slash:
            raise ValueError(f"it is two numbers, like 1/2; found {text!r}")
        return Shard(int(number), int(of))
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--shard") from error


def _folder(asked: Path | None, suite: str, *, resume: bool) -> Path:
    """Where results go: the folder asked for, a new one, or with `resume` the last one of this suite."""
    here = Path("recordings")
    if asked is not None:
        return asked
    if not resume:
        return here / f"{datetime.now():%Y-%m-%dT%H-%M-%S}-eval-{suite}"
    if not (earlier := sorted(here.glob(f"20*-eval-{suite}"))):
        raise typer.BadParameter(
            f"{here} has no earlier run of {suite}; name its folder with --results", param_hint="--resume"
        )
    return earlier[-1]
