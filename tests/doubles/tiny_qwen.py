"""A whole Qwen2(.5)-VL checkpoint of random weights in a few megabytes, made in a second."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from agent.models.local.loader import hide_incompatible_torchvision

MARKS = """<|endoftext|> <|im_start|> <|im_end|> <|object_ref_start|> <|object_ref_end|> <|box_start|> <|box_end|>
<|quad_start|> <|quad_end|> <|vision_start|> <|vision_end|> <|vision_pad|> <|image_pad|> <|video_pad|>"""
ADDED = ("<tool_call>", "</tool_call>")
TEMPLATE = (
    "{% for message in messages %}{% if loop.first and message['role'] != 'system' %}<|im_start|>system\n"
    "You are a helpful assistant.<|im_end|>\n{% endif %}<|im_start|>{{ message['role'] }}\n"
    "{% if message['content'] is string %}{{ message['content'] }}<|im_end|>\n{% else %}"
    "{% for content in message['content'] %}{% if content['type'] == 'image' %}"
    "<|vision_start|><|image_pad|><|vision_end|>{% elif content['type'] == 'video' %}"
    "<|vision_start|><|video_pad|><|vision_end|>{% elif 'text' in content %}{{ content['text'] }}{% endif %}"
    "{% endfor %}<|im_end|>\n{% endif %}{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
"""The released checkpoints' chat_template.json, without its numbering of pictures, which is off unless asked for."""


def save_tiny(folder: Path, *, kind: str = "qwen2_5_vl", seed: int = 0, loud: float = 6.0) -> Path:
    """A checkpoint of class Qwen2_5_VLForConditionalGeneration (or Qwen2VL...), in `folder`.

    The language model's matrices are `loud` times as large as at the start of a training and the tower's twice:
    otherwise all logits are alike and a wrong position would go unnoticed.
    """
    hide_incompatible_torchvision()
    import torch
    from transformers import (
        Qwen2_5_VLConfig,
        Qwen2_5_VLForConditionalGeneration,
        Qwen2VLConfig,
        Qwen2VLForConditionalGeneration,
    )

    tokenizer = tokenizer_of(corpus())
    ids = tokenizer.get_vocab()
    torch.manual_seed(seed)
    shared: dict[str, Any] = {"depth": 2, "in_channels": 3, "num_heads": 4}
    newer: dict[str, Any] = {
        "hidden_size": 32,
        "intermediate_size": 64,
        "out_hidden_size": 64,
        "fullatt_block_indexes": [1],
    }
    older = {"embed_dim": 32, "hidden_size": 64, "mlp_ratio": 2}
    config_class, network_class, tower = {
        "qwen2_5_vl": (Qwen2_5_VLConfig, Qwen2_5_VLForConditionalGeneration, newer | {"tokens_per_second": 2}),
        "qwen2_vl": (Qwen2VLConfig, Qwen2VLForConditionalGeneration, older),
    }[kind]
    config = config_class(
        text_config={
            "vocab_size": -(-len(tokenizer) // 64) * 64,
            "hidden_size": 64,
            "intermediate_size": 128,
            "num_hidden_layers": 3,
            "num_attention_heads": 4,
            "num_key_value_heads": 2,
            "max_position_embeddings": 32768,
            "rope_parameters": {"rope_type": "default", "rope_theta": 1e6, "mrope_section": [2, 3, 3]},
            "bos_token_id": None,
            "eos_token_id": ids["<|im_end|>"],
            "pad_token_id": ids["<|endoftext|>"],
        },
        vision_config=shared | tower,
        image_token_id=ids["<|image_pad|>"],
        video_token_id=ids["<|video_pad|>"],
        vision_start_token_id=ids["<|vision_start|>"],
        vision_end_token_id=ids["<|vision_end|>"],
        tie_word_embeddings=True,
    )
    network: Any = network_class(config).eval()
    with torch.no_grad():
        for name, weights in network.named_parameters():
            if weights.ndim > 1:
                weights.mul_(2.0 if "visual" in name else loud)
    network.generation_config.eos_token_id = [ids["<|im_end|>"], ids["<|endoftext|>"]]
    network.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def tokenizer_of(texts: Iterator[str], vocabulary: int = 1200) -> Any:
    """A `Qwen2Tokenizer` with Qwen's marks, its merges learnt from `texts`."""
    from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers
    from transformers import Qwen2Tokenizer
    from transformers.models.qwen2.tokenization_qwen2 import PRETOKENIZE_REGEX

    learner = Tokenizer(models.BPE())
    learner.normalizer = normalizers.NFC()
    learner.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(PRETOKENIZE_REGEX), behavior="isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    learner.train_from_iterator(
        texts, trainers.BpeTrainer(vocab_size=vocabulary, initial_alphabet=alphabet, show_progress=False)
    )
    learnt = json.loads(learner.to_str())["model"]
    marked: Any = Qwen2Tokenizer  # its own types are at odds with what it takes
    tokenizer = marked(
        vocab=learnt["vocab"],
        merges=[tuple(merge) for merge in learnt["merges"]],
        eos_token="<|im_end|>",  # noqa: S106 - a token of a vocabulary, no password
        pad_token="<|endoftext|>",  # noqa: S106 - likewise
        padding_side="left",
    )
    tokenizer.add_tokens(
        [AddedToken(text, special=True, normalized=False) for text in MARKS.split()], special_tokens=True
    )
    tokenizer.add_tokens([AddedToken(text, special=False, normalized=False) for text in ADDED])
    tokenizer.chat_template = TEMPLATE
    return tokenizer


def corpus() -> Iterator[str]:
    """Text that is always at hand and never changes: the prompts that the tests have frozen."""
    for path in sorted((Path(__file__).parent.parent / "prompts").glob("*.txt")):
        yield from path.read_text().splitlines()
    for number in range(50):
        yield json.dumps({"name": "computer_use", "arguments": {"action": "left_click", "coordinate": [number, 7]}})
