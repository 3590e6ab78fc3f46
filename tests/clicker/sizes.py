"""How large the clicker is: layers, widths and rotary frequencies of its two halves."""

import math
from typing import Any

MAX_TOKENS = 64
HIDDEN = 192
ROPE = {"rope_type": "default", "rope_theta": 1000.0, "mrope_section": [2, 5, 9]}
"""Positions on a picture of at most 12 tokens a side are told apart by fast frequencies, words of a long history are
found by slow ones: the usual theta of a million makes all columns of so small a picture look alike."""


def config_of(tokenizer: Any) -> Any:
    """The `Qwen2_5_VLConfig` for the words and marks of `tokenizer`."""
    from transformers import Qwen2_5_VLConfig

    number = tokenizer.convert_tokens_to_ids

    return Qwen2_5_VLConfig(
        text_config={
            "vocab_size": math.ceil(len(tokenizer) / 64) * 64,
            "hidden_size": HIDDEN,
            "intermediate_size": 512,
            "num_hidden_layers": 5,
            "num_attention_heads": 6,
            "num_key_value_heads": 2,
            "max_position_embeddings": 8192,
            "initializer_range": 0.05,
            "rms_norm_eps": 1e-6,
            "rope_parameters": ROPE,
            "bos_token_id": None,
            "eos_token_id": number("<|im_end|>"),
            "pad_token_id": number("<|endoftext|>"),
        },
        vision_config={
            "depth": 4,
            "hidden_size": 128,
            "intermediate_size": 256,
            "num_heads": 4,
            "out_hidden_size": HIDDEN,
            "fullatt_block_indexes": [1, 3],
            "window_size": 112,
            "initializer_range": 0.05,
            "rope_parameters": {"rope_type": "axial", "rope_theta": 100.0},
        },
        image_token_id=number("<|image_pad|>"),
        video_token_id=number("<|video_pad|>"),
        vision_start_token_id=number("<|vision_start|>"),
        vision_end_token_id=number("<|vision_end|>"),
        tie_word_embeddings=True,
    )
