"""`screenhand ask`: a question about what can be seen, answered in words."""

import json
from dataclasses import asdict
from typing import Annotated

import typer

from agent.cli.looking import AsJson, Files, FramesASecond, PageRange, Screen, answered, exhibits, printable
from agent.cli.models import ModelOrder, asks_a_model


@asks_a_model
def ask(
    question: Annotated[str, typer.Argument(help="What you want to know.", show_default=False)],
    files: Files = None,
    *,
    asked: ModelOrder,
    where: Screen = None,
    pages: PageRange = "",
    fps: FramesASecond = 2.0,
    as_json: AsJson = False,
) -> None:
    from agent.queries.ask import ask as ask_model

    if not question.strip():
        raise typer.BadParameter("say what you want to know; this question is empty", param_hint="QUESTION")
    answer = answered(
        asked,
        exhibits(files, where, pages),
        lambda model, show, seen: ask_model(model, show, question, seen, reply_tokens=asked.reply_tokens or 512),
        fps=fps,
    )
    typer.echo(
        json.dumps({"answer": answer.text, "tokens": asdict(answer.usage)}) if as_json else printable(answer.text)
    )
