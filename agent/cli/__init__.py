"""The `screenhand` command: the only place where words become objects."""

import typer

from agent.cli import (
    ask,
    calibrate,
    compare,
    doctor,
    evaluate,
    exporting,
    extract,
    importing,
    locate,
    phones,
    play,
    record,
    rerun,
    run,
    score,
    show,
    when,
)
from agent.cli.help_texts import judging, machines, recordings, seeing, working

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def screenhand() -> None:
    """Works a screen for you: looks at it, decides, acts, and records every step."""


WORK, LOOK, KEEP, JUDGE, MACHINES = "Work a screen", "Ask what is on it", "Recordings", "Evaluation", "Machines"

app.command(help=working.RUN, rich_help_panel=WORK)(run.run)
app.command(help=working.RECORD, rich_help_panel=WORK)(record.record)
app.command(help=working.RERUN, rich_help_panel=WORK)(rerun.rerun)

app.command(help=seeing.ASK, rich_help_panel=LOOK)(ask.ask)
app.command(help=seeing.LOCATE, rich_help_panel=LOOK)(locate.locate)
app.command(help=seeing.EXTRACT, rich_help_panel=LOOK)(extract.extract)
app.command(help=seeing.WHEN, rich_help_panel=LOOK)(when.when)
app.command(help=seeing.CALIBRATE, rich_help_panel=LOOK)(calibrate.calibrate)

app.command(help=recordings.SHOW, rich_help_panel=KEEP)(show.show)
app.command(help=recordings.PLAY, rich_help_panel=KEEP)(play.play)
app.command("import", help=recordings.IMPORT, rich_help_panel=KEEP)(importing.import_)
app.command(help=recordings.EXPORT, rich_help_panel=KEEP)(exporting.export)

app.command("eval", help=judging.EVAL, rich_help_panel=JUDGE)(evaluate.evaluate)
app.command(help=judging.COMPARE, rich_help_panel=JUDGE)(compare.compare)
app.command(help=judging.SCORE, rich_help_panel=JUDGE)(score.score)

app.command(help=machines.DOCTOR, rich_help_panel=MACHINES)(doctor.doctor)
app.command(help=machines.DEVICES, rich_help_panel=MACHINES)(phones.devices)
app.command(help=machines.CONNECT, rich_help_panel=MACHINES)(phones.connect)
app.command(help=machines.PAIR, rich_help_panel=MACHINES)(phones.pair)


def main() -> None:
    """The entry point of the `screenhand` command."""
    app()
