"""The `screenhand` command: the only place where words become objects."""

import typer

from agent.cli import (
    ask,
    calibrate,
    compare,
    doctor,
    exporting,
    extract,
    help_texts,
    importing,
    locate,
    play,
    record,
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


app.command(help=help_texts.RUN)(run.run)
app.command(help=help_texts.ASK)(ask.ask)
app.command(help=help_texts.LOCATE)(locate.locate)
app.command(help=help_texts.EXTRACT)(extract.extract)
app.command(help=help_texts.WHEN)(when.when)
app.command(help=help_texts.CALIBRATE)(calibrate.calibrate)
app.command(help=help_texts.SHOW)(show.show)
app.command(help=help_texts.PLAY)(play.play)
app.command(help=help_texts.RECORD)(record.record)
app.command("import", help=help_texts.IMPORT)(importing.import_)
app.command(help=help_texts.EXPORT)(exporting.export)
app.command(help=help_texts.COMPARE)(compare.compare)
app.command(help=help_texts.SCORE)(score.score)
app.command(help=help_texts.DOCTOR)(doctor.doctor)


def main() -> None:
    """The entry point of the `screenhand` command."""
    app()
