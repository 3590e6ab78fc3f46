"""The clicker's tokenizer for a dialect, and its checkpoint on disk in the form of the real ones."""

import json
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from agent.dialects.dialect import Dialect
from devices import Box, Observation
from tests.clicker.lessons import NAMES, answer_of, past_of
from tests.clicker.sizes import MAX_TOKENS
from tests.clicker.tokens import tokenizer_of
from tests.doubles.tiny_served import TEMPLATE

LONGEST = 1000
"""Characters of one token: llguidance's tables have room for no more than 1,023."""


def tokenizer_for(dialect: Dialect) -> Any:
    """A tokenizer for which the dialect's fixed sentences are one token each or a few, and every answer about 33."""
    random, size = Random(0), (252, 168)
    blank = Observation(np.zeros((size[1], size[0], 3), np.uint8))
    system, user = (str(each.parts[0]) for each in dialect.ask("GOAL", (), blank).messages)
    sentences = [*system.split(f"{size[0]}x{size[1]}"), *user.split("GOAL")]
    corpus = [answer_of(None)] * 50 + [f"system user assistant Click the {colour} button" for colour in NAMES] * 10
    corpus += [answer_of(Box(place, place, place + 9, place + 9)) for place in range(0, 300, 3)]
    for _ in range(50):
        past = past_of(random, 10, size)
        corpus.append(str(dialect.ask("", past, blank).messages[-1].parts[0]).removeprefix("".join(sentences[-2:])))
    pieces = [sentence[at : at + LONGEST] for sentence in sentences for at in range(0, len(sentence), LONGEST)]
    return tokenizer_of(pieces, corpus, 1000, TEMPLATE)


def save(model: Any, tokenizer: Any, folder: Path) -> None:
    """Write weights in bfloat16, configuration, tokenizer, template and picture sizes into `folder`."""
    import torch
    from transformers import Qwen2VLImageProcessorPil

    folder.mkdir(parents=True, exist_ok=True)
    type(model)(model.config)  # the class can be built from what is stored
    copy = {name: weight.detach().to(torch.bfloat16).contiguous() for name, weight in model.state_dict().items()}
    stored = type(model)(model.config).to(torch.bfloat16)
    stored.load_state_dict(copy)
    stored.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    Qwen2VLImageProcessorPil(size={"shortest_edge": 4 * 28 * 28, "longest_edge": MAX_TOKENS * 28 * 28}).save_pretrained(
        folder
    )
    described = folder / "preprocessor_config.json"
    settings = json.loads(described.read_text())
    settings |= {"processor_class": "Qwen2_5_VLProcessor", "image_processor_type": "Qwen2VLImageProcessor"}
    described.write_text(json.dumps(settings, indent=2, sort_keys=True) + "\n")
