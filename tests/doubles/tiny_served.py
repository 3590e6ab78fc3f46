"""A tiny Qwen2.5-VL checkpoint with random weights, complete enough for a third-party server to load."""

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.doubles.transformers_main import let_torchvision_in

SPECIAL: tuple[str, ...] = (
    "<|endoftext|>",
    "<|im_start|>",
    "<|im_end|>",
    "<|object_ref_start|>",
    "<|object_ref_end|>",
    "<|box_start|>",
)
SPECIAL += ("<|box_end|>", "<|quad_start|>", "<|quad_end|>", "<|vision_start|>", "<|vision_end|>", "<|vision_pad|>")
SPECIAL += ("<|image_pad|>", "<|video_pad|>")
TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n"
    "{% if message['content'] is string %}{{ message['content'] }}{% else %}{% for part in message['content'] %}"
    "{% if part['type'] == 'text' %}{{ part['text'] }}"
    "{% else %}<|vision_start|><|image_pad|><|vision_end|>{% endif %}{% endfor %}{% endif %}<|im_end|>\n"
    "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


def make_served(folder: Path) -> Path:
    """`folder`, with a Qwen2_5_VLForConditionalGeneration of 0.2 million random parameters, tokenizer and processor."""
    let_torchvision_in()
    import torch
    from tokenizers import AddedToken, pre_tokenizers

    hf: Any = import_module("transformers")  # its own types are at odds with its configurations

    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    tokenizer = hf.Qwen2Tokenizer(
        vocab={letter: number for number, letter in enumerate(letters)},
        merges=[],
        eos_token="<|im_end|>",  # noqa: S106 - a token of a vocabulary, no password
        pad_token="<|endoftext|>",  # noqa: S106 - likewise
        padding_side="left",
    )
    tokenizer.add_tokens([AddedToken(token, special=True, normalized=False) for token in SPECIAL])
    number = tokenizer.convert_tokens_to_ids
    processor = hf.Qwen2_5_VLProcessor(
        image_processor=hf.Qwen2VLImageProcessor(size={"shortest_edge": 3136, "longest_edge": 12845056}),
        tokenizer=tokenizer,
        video_processor=hf.Qwen2VLVideoProcessor(),
        chat_template=TEMPLATE,
    )
    ids: dict[str, Any] = {"bos_token_id": number("<|endoftext|>"), "eos_token_id": number("<|im_end|>")}
    config = hf.Qwen2_5_VLConfig(
        text_config={
            "vocab_size": len(tokenizer),
            "hidden_size": 64,
            "intermediate_size": 128,
            "num_hidden_layers": 2,
            "num_attention_heads": 2,
            "num_key_value_heads": 1,
            "rope_parameters": {"rope_type": "default", "rope_theta": 1e6, "mrope_section": [4, 6, 6]},
            **ids,
        },
        vision_config={
            "depth": 2,
            "hidden_size": 32,
            "intermediate_size": 64,
            "num_heads": 2,
            "out_hidden_size": 64,
            "fullatt_block_indexes": [1],
            "tokens_per_second": 2,
        },
        image_token_id=number("<|image_pad|>"),
        video_token_id=number("<|video_pad|>"),
        vision_start_token_id=number("<|vision_start|>"),
        vision_end_token_id=number("<|vision_end|>"),
        **ids,
    )
    torch.manual_seed(0)
    model = hf.Qwen2_5_VLForConditionalGeneration(config)
    model.save_pretrained(folder)
    processor.save_pretrained(folder)
    return folder


if __name__ == "__main__":
    make_served(Path(sys.argv[1]))
