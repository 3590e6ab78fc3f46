"""The `screenhand` command: the only place where words become objects."""

import typer

from agent.cli import (
    ask,
    calibrate,
    compare,
    doctor,
    evaluate,
    extract,
    import_export,
    locate,
    parse,
    phones,
    play,
    record,
    rerun,
    run,
    score,
    show,
    when,
)

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

app.command(rich_help_panel=WORK)(run.run)
app.command(rich_help_panel=WORK)(record.record)
app.command(rich_help_panel=WORK)(rerun.rerun)

app.command(rich_help_panel=LOOK)(ask.ask)
app.command(rich_help_panel=LOOK)(locate.locate)
app.command(rich_help_panel=LOOK)(parse.parse)
app.command(rich_help_panel=LOOK)(extract.extract)
app.command(rich_help_panel=LOOK)(when.when)
app.command(rich_help_panel=LOOK)(calibrate.calibrate)

app.command(rich_help_panel=KEEP)(show.show)
app.command(rich_help_panel=KEEP)(play.play)
app.command("import", rich_help_panel=KEEP)(import_export.import_)
app.command(rich_help_panel=KEEP)(import_export.export)

app.command("eval", rich_help_panel=JUDGE)(evaluate.evaluate)
app.command(rich_help_panel=JUDGE)(compare.compare)
app.command(rich_help_panel=JUDGE)(score.score)

app.command(rich_help_panel=MACHINES)(doctor.doctor)
app.command(rich_help_panel=MACHINES)(phones.devices)
app.command(rich_help_panel=MACHINES)(phones.connect)
app.command(rich_help_panel=MACHINES)(phones.pair)


def main() -> None:
    """The entry point of the `screenhand` command."""
    app()
