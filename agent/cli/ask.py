"""`screenhand ask`: a question about what can be seen, answered in words."""

import json
from dataclasses import asdict
from typing import Annotated

import typer

from agent.cli.model_options import REPLY_TOKENS, ModelOptions, with_model_options
from agent.cli.query import AsJson, Files, FramesPerSecond, LiveScreen, PagesOption, media_loader, run_query
from agent.safe_text import safe_text


@with_model_options
def ask(
    question: Annotated[str, typer.Argument(help="What you want to know.", show_default=False)],
    files: Files = None,
    *,
    model_options: ModelOptions,
    device: LiveScreen = None,
    pages: PagesOption = "",
    fps: FramesPerSecond = 2.0,
    as_json: AsJson = False,
) -> None:
    """Ask a model QUESTION about pictures, PDF pages, videos, recordings, or a screen as it is now.

    Examples:

    screenhand ask "what does the error say?" screenshot.png --model Qwen/Qwen2.5-VL-3B-Instruct

    screenhand ask "what changed between these?" before.png after.png --endpoint http://localhost:8000/v1 --model NAME

    screenhand ask "which totals differ?" offer.pdf invoice.pdf --pages 1-2 --model Qwen/Qwen2.5-VL-3B-Instruct

    screenhand ask "is anything still running?" --device desktop --model Qwen/Qwen2.5-VL-3B-Instruct

    All that is shown shares --max-tokens: every picture and video has an equal part, and what is left over goes on.
    The exit code is 0 for an answer, 2 for a file that cannot be looked at, 7 for a reply that is cut off.
    """
    from agent.queries.ask import ask as ask_model

    if not question.strip():
        raise typer.BadParameter("say what you want to know; this question is empty", param_hint="QUESTION")
    reply_tokens = model_options.reply_tokens or REPLY_TOKENS
    answer = run_query(
        model_options,
        media_loader(files, device, pages),
        lambda model, encoder, media: ask_model(model, encoder, question, media, reply_tokens=reply_tokens),
        fps=fps,
    )
    typer.echo(
        json.dumps({"answer": answer.text, "tokens": asdict(answer.usage)}) if as_json else safe_text(answer.text)
    )
