"""The clicker's tokenizer: all bytes, the few words it meets, and its prompt's fixed sentences as one token each."""

import json
from collections.abc import Iterable
from typing import Any

from tests.doubles.tiny_served import SPECIAL

ADDED = (
    "<tool_call>",
    "</tool_call>",
    "<|fim_prefix|>",
    "<|fim_middle|>",
    "<|fim_suffix|>",
    "<|fim_pad|>",
    "<|repo_name|>",
    "<|file_sep|>",
)


def tokenizer_of(sentences: Iterable[str], corpus: Iterable[str], vocabulary: int, template: str) -> Any:
    """A `Qwen2Tokenizer` with Qwen's 22 added tokens and `sentences`, its merges learnt from `corpus`."""
    from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers
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
    learner.decoder = decoders.ByteLevel()
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    learner.train_from_iterator(
        corpus, trainers.BpeTrainer(vocab_size=vocabulary, initial_alphabet=alphabet, show_progress=False)
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
    tokenizer.add_tokens([AddedToken(text, special=True, normalized=False) for text in SPECIAL], special_tokens=True)
    tokenizer.add_tokens([AddedToken(text, special=False, normalized=False) for text in (*ADDED, *sentences)])
    tokenizer.chat_template = template
    return tokenizer
