"""`screenhand eval`: the options of a suite, its tasks, seeds and workers, read and checked."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from agent.cli.model_options import ModelOptions, with_model_options

if TYPE_CHECKING:
    from agent.evaluate.live.trials import Shard
    from tasks.suite import Suite


@with_model_options
def evaluate(
    suite: Annotated[str, typer.Argument(help="toy, desktop, android or miniwob.", show_default=False)],
    *,
    model_options: ModelOptions,
    reference: Annotated[
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
            help="Most seconds a trial, setting up and judging included: a worker that takes longer is ended.",
            show_default="120 more than --max-seconds",
        ),
    ] = None,
    min_pass_rate: Annotated[
        float | None, typer.Option("--min-pass-rate", min=0, max=100, help="Exit with 1 if fewer per cent passed.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="End with one JSON object on standard output.")] = False,
) -> None:
    """Work the tasks of SUITE live, several seeds each, and let the world score them.

    Examples:

    screenhand eval desktop --seeds 3

    screenhand eval miniwob --seeds 3 --workers 2 --endpoint http://localhost:8000/v1 --model NAME --results results

    screenhand eval miniwob --seeds 3 --shard 1/2 --results results

    screenhand eval toy --policy oracle --min-pass-rate 100

    RAY_ADDRESS=10.0.0.1:6379 screenhand eval miniwob --seeds 3 --executor ray --results results --resume

    Every episode is recorded; RESULTS/index.html shows rates with 95 % intervals, and leads to each episode. A
    fault (a lost device, a worker that died or hangs, an endpoint that is down) is tried again, then counted apart,
    never as a zero. With --resume only what has no score yet is played. Machines that share the work by --shard
    agree on who plays what; copied into one folder their results are one table. Without --model the embedded
    default works.

    With `--executor ray` a node plays as many episodes as it has of the resource `display` or `android`:
    ray start --address 10.0.0.1:6379 --resources '{"display": 2}'. Without RAY_ADDRESS a cluster is started here.

    The exit code is 0 when it ran, 1 when fewer passed than --min-pass-rate, 2 when nothing could be scored or
    SUITE or an option cannot be meant, 130 after Ctrl-C, and that of the table in agent/README.md when a model failed.
    """
    from agent.cli.eval_run import EvalOptions, run_evaluation
    from agent.cli.player_options import PlayerOptions
    from agent.evaluate.live.results_folder import Settings, this_machine, this_version

    chosen = _suite(suite)
    if reference and model_options.names_model:
        raise typer.BadParameter("a policy that proves a suite asks no model", param_hint="--policy")
    player = PlayerOptions(
        suite=suite,
        kind=reference or ("model" if model_options.names_model else "builtin"),
        model_options=model_options,
        zoom=zoom,
        steps=max_steps,
        seconds=max_seconds,
    )
    settings = Settings(
        suite=suite,
        tasks=_tasks(chosen, task or []),
        seeds=tuple(range(first_seed, first_seed + seeds)),
        policy=player.policy,
        steps=max_steps,
        seconds=max_seconds,
        version=this_version(),
        machine=this_machine(),
    )
    options = EvalOptions(
        player,
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
    raise typer.Exit(run_evaluation(options))


def _suite(name: str) -> "Suite":
    from tasks.suites import suite_named

    try:
        return suite_named(name)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="SUITE") from error


def _tasks(suite: "Suite", wanted: list[str]) -> tuple[str, ...]:
    if unknown := [name for name in wanted if name not in suite.tasks]:
        reason = f"{suite.name} has no task {', '.join(map(repr, unknown))}; it has {', '.join(suite.tasks)}"
        raise typer.BadParameter(reason, param_hint="--task")
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


def _folder(folder: Path | None, suite: str, *, resume: bool) -> Path:
    """Where results go: `folder` if given, else a new one, or with `resume` the last one of this suite."""
    here = Path("recordings")
    if folder is not None:
        return folder
    if not resume:
        return here / f"{datetime.now():%Y-%m-%dT%H-%M-%S}-eval-{suite}"
    if not (earlier := sorted(here.glob(f"20*-eval-{suite}"))):
        raise typer.BadParameter(
            f"{here} has no earlier run of {suite}; name its folder with --results", param_hint="--resume"
        )
    return earlier[-1]
