"""Trains the clicker from nothing and stores it as a checkpoint that transformers opens.

python -m tests.clicker.train --out tests/clicker/checkpoint
"""

import math
import re
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Annotated, Any

import torch
import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from torch import Tensor
from torch.nn import functional

from agent.dialects.families import dialect_named
from devices import Box, Point
from tests.clicker.eyes import seen
from tests.clicker.hints import Hints
from tests.clicker.lessons import QUESTIONS, Lesson, answer_of, lesson, lessons
from tests.clicker.muon import Muon
from tests.clicker.sizes import HIDDEN, MAX_TOKENS, config_of
from tests.clicker.storing import save, tokenizer_for
from tests.doubles.transformers_main import let_torchvision_in

HELD_OUT = ((640, 480), (800, 500), (480, 640), (1280, 720), (1080, 2400))
"""Screen sizes on which the training is watched; the last two are never learnt from."""


def main(
    out: Annotated[Path, typer.Option(help="Folder for the checkpoint; it is written again at every look.")],
    start: Annotated[Path | None, typer.Option(help="A checkpoint of this script to go on from.")] = None,
    steps: Annotated[int, typer.Option(help="Lessons of 32 questions each.")] = 1400,
    rate: Annotated[float, typer.Option(help="The highest learning rate.")] = 3e-3,
    seed: Annotated[int, typer.Option(help="Of weights and lessons.")] = 0,
    look_every: Annotated[int, typer.Option(help="Steps between two looks at the held-out accuracy.")] = 200,
    threads: Annotated[int, typer.Option(help="Processor cores to use.")] = 2,
    fused: Annotated[
        bool, typer.Option(help="Fuse the text half's layers; needs a C++ compiler, saves a third.")
    ] = True,
) -> None:
    """Train the clicker from nothing, say how it goes, and store the best of it.

    Example: python -m tests.clicker.train --out tests/clicker/checkpoint
    """
    torch.manual_seed(seed)
    torch.set_num_threads(threads)
    let_torchvision_in()
    from transformers import Qwen2_5_VLForConditionalGeneration

    dialect = dialect_named("qwen2.5-vl", max_tokens=MAX_TOKENS)
    tokenizer = tokenizer_for(dialect)
    kind: Any = Qwen2_5_VLForConditionalGeneration
    model = kind.from_pretrained(start, dtype=torch.float32).train() if start else kind(config_of(tokenizer))
    hints = Hints()
    optimisers = optimisers_for(model, hints, rate)
    schedules = [
        torch.optim.lr_scheduler.OneCycleLR(each, rate, total_steps=steps, pct_start=0.05, cycle_momentum=False)
        for each in optimisers
    ]
    if fused:
        for layer in model.model.language_model.layers:
            layer.forward = torch.compile(layer.forward, dynamic=True)
    weights = [*model.parameters(), *hints.parameters()]
    held_out = [lesson(tokenizer, dialect, Random(-number - 1), size) for number, size in enumerate(HELD_OUT)]
    best, lost = 0.0, math.nan
    with progress_bar() as bar:
        task = bar.add_task(f"{sum(each.numel() for each in model.parameters()):,} parameters", total=steps)
        for step, batch in enumerate(first(lessons(tokenizer, dialect, seed + 1), steps), 1):
            answers, hinted = losses(model, hints, tokenizer, batch)
            (answers + hinted).backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(weights, 1.0)
            for optimiser, schedule in zip(optimisers, schedules, strict=True):
                optimiser.step()
                optimiser.zero_grad()
                schedule.step()
            lost = answers.item() if math.isnan(lost) else 0.95 * lost + 0.05 * answers.item()
            bar.update(task, advance=1, description=f"loss {lost:.3f}, hints {hinted.item():.3f}, best {best:.1%}")
            if step % look_every == 0 or step == steps:
                shares = [share_right(model, tokenizer, each) for each in held_out]
                said = ", ".join(f"{w}x{h} {share:.0%}" for (w, h), share in zip(HELD_OUT, shares, strict=True))
                bar.console.print(
                    f"step {step}: loss {lost:.4f}, hints {hinted.item():.3f}; right on {said}", highlight=False
                )
                if sum(shares) / len(shares) >= best:
                    best = sum(shares) / len(shares)
                    save(model, tokenizer, out)


def optimisers_for(model: Any, hints: Hints, rate: float) -> list[torch.optim.Optimizer]:
    """Muon for the matrices between layers, AdamW for all else."""
    matrices: list[Tensor] = []
    others: list[Tensor] = list(hints.parameters())
    for name, weight in model.named_parameters():
        (matrices if weight.ndim == 2 and "embed" not in name else others).append(weight)
    return [
        Muon(matrices, lr=rate),
        torch.optim.AdamW(others, lr=rate, betas=(0.9, 0.98), weight_decay=0.0),
    ]


def losses(model: Any, hints: Hints, tokenizer: Any, batch: Lesson) -> tuple[Tensor, Tensor]:
    """The loss of the answers, where digits that decide weigh more, and that of the hints."""
    features, layers, inside = thought(model, batch)
    answering = places_of_answers(batch)
    logits = model.lm_head(layers[-1].gather(1, answering))
    hinted = hints.loss(batch, features, layers, inside, answering)
    each = functional.cross_entropy(logits.flatten(0, 1), batch.answers.flatten(), reduction="none")
    weights = weights_of(tokenizer, batch.answers)
    return (each * weights.flatten()).sum() / weights.sum(), hinted


def weights_of(tokenizer: Any, answers: Tensor) -> Tensor:
    """How much each token of `answers` matters: choosing the action and leading digits most, last digits little."""
    digit = torch.isin(answers, torch.tensor(tokenizer.convert_tokens_to_ids([str(value) for value in range(10)])))
    leading = digit & functional.pad(digit[:, 1:], (0, 1))
    weights = torch.where(answers < 0, 0.0, 0.5)
    weights = torch.where(digit, torch.where(leading, 3.0, 0.3), weights)
    verbs = [tokenizer(answer_of(box))["input_ids"] for box in (None, Box(0, 0, 2, 2))]
    weights[:, next(place for place, (one, other) in enumerate(zip(*verbs, strict=False)) if one != other)] = 3.0
    return weights


def thought(model: Any, batch: Lesson) -> tuple[Tensor, Any, Tensor]:
    """The picture features, the hidden states of all layers, and which places (rows, length) hold the picture."""
    text = model.model.language_model
    columns, rows = batch.size[0] // 28, batch.size[1] // 28
    features = seen(model.model.visual, batch.patches, batch.size)
    places, inside = positions(batch, rows, columns)
    words = text.embed_tokens(batch.ids)
    mixed = words.masked_scatter(inside[..., None], features.repeat_interleave(QUESTIONS, 0).to(words.dtype))
    told = text(inputs_embeds=mixed, position_ids=places, output_hidden_states=True, use_cache=False)
    return features, (*told.hidden_states[:-1], told.last_hidden_state), inside


def positions(batch: Lesson, rows: int, columns: int) -> tuple[Tensor, Tensor]:
    """(3, questions, length): time, row and column of each token as `get_rope_index` counts them, and the picture's."""
    at, start = torch.arange(batch.ids.shape[1])[None], batch.picture_starts[:, None]
    within = at - start
    inside = (within >= 0) & (within < rows * columns)
    text = torch.where(within < 0, at, at - rows * columns + max(rows, columns))
    whole = within.clamp(min=0)
    return torch.stack(
        [torch.where(inside, start + shift, text) for shift in (0, whole // columns, whole % columns)]
    ), inside


def places_of_answers(batch: Lesson) -> Tensor:
    """For `gather`: from which hidden state each token of each answer is foretold."""
    places: Tensor = batch.starts[:, None] + torch.arange(batch.answers.shape[1])[None]
    return places.clamp(max=batch.ids.shape[1] - 1)[..., None].expand(-1, -1, HIDDEN)


@torch.no_grad()
def share_right(model: Any, tokenizer: Any, batch: Lesson) -> float:
    """How many of the answers are right, each token foretold from the right ones before it."""
    _, layers, _ = thought(model, batch)
    foretold = model.lm_head(layers[-1].gather(1, places_of_answers(batch))).argmax(-1)
    texts = [tokenizer.decode(row[wanted >= 0]) for row, wanted in zip(foretold, batch.answers, strict=True)]
    right = [is_right(text, box) for text, box in zip(texts, batch.target, strict=True)]
    return sum(right) / len(right)


def is_right(text: str, box: Box | None) -> bool:
    if box is None:
        return text == answer_of(None) + "<|im_end|>"
    at = re.search(r'"left_click", "coordinate": \[(\d+), (\d+)\]\}\}\n', text)
    return at is not None and Point(int(at[1]), int(at[2])) in box


def first(batches: Iterator[Lesson], steps: int) -> Iterator[Lesson]:
    return (batch for _, batch in zip(range(steps), batches, strict=False))


def progress_bar() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    return Progress(*columns, TimeElapsedColumn(), TimeRemainingColumn())


if __name__ == "__main__":
    typer.run(main)
