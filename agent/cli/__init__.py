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
    help_texts,
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
app.command("eval", help=help_texts.EVAL)(evaluate.evaluate)
app.command(help=help_texts.RERUN)(rerun.rerun)
app.command(help=help_texts.DOCTOR)(doctor.doctor)
app.command(help=help_texts.DEVICES)(phones.devices)
app.command(help=help_texts.CONNECT)(phones.connect)
app.command(help=help_texts.PAIR)(phones.pair)


def main() -> None:
    """The entry point of the `screenhand` command."""
    app()
