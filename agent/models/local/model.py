"""A checkpoint in this process as a chat model."""

import re
import threading
import weakref
from collections.abc import Sequence
from typing import Any

import torch

from agent.episode import Usage
from agent.models.chat import Grammar, Message, ModelFailed, Reply
from agent.models.local.chatml import END
from agent.models.local.decoding import Constraint, Constraints
from agent.models.local.prompt import Prompt, PromptEncoder
from agent.models.local.runner import ModelRunner
from agent.models.local.stop_hooks import add_stop_hooks, shut_down, stop_check
from devices import Stop


class LocalModel:
    """Answers greedily, within a grammar where one is given; one question at a time.

    Its caches, keys and values of the last prompt and features of pictures, save time only: the answers are those of a
    model that computes everything again, within float noise.
    """

    def __init__(self, name: str, network: Any, tokenizer: Any, stop: Stop) -> None:
        self.name, self.network, self.tokenizer = name, network, tokenizer
        config = network.config
        self.encoder = PromptEncoder(tokenizer, config.image_token_id, config.video_token_id)
        self._ends = end_tokens(network, tokenizer)
        width = network.lm_head.out_features
        if (last := max(tokenizer.get_vocab().values())) >= width:
            raise ModelFailed(
                f"the tokenizer of {name} has token {last}, its weights know {width} tokens: they do not belong "
                "together. Download the whole checkpoint again"
            )
        self.constraints = Constraints(tokenizer, width, self._ends)
        busy, closed = threading.Lock(), threading.Event()
        check = stop_check(stop, closed)
        self._runner: ModelRunner | None = ModelRunner(network, check)
        self._busy = busy
        self._shut_down = weakref.finalize(self, shut_down, busy, closed, add_stop_hooks(network, check))  # at exit too

    def complete(self, messages: Sequence[Message], *, grammar: Grammar | None = None, max_tokens: int = 512) -> Reply:
        """The reply to `messages`; in its usage, `forwards` are the passes after the prompt was read.

        Raises `ModelFailed`; `Stopped` before the next layer when somebody asked to stop or the model was closed.
        """
        with self._busy, torch.inference_mode():
            if self._runner is None:
                raise ModelFailed(f"{self.name} was closed; open it again")
            try:
                prompt = self.encoder.encode(messages)
                return self._reply(self._runner, prompt, self.constraints.of(grammar), max_tokens)
            except BaseException as error:
                self._runner.clear()  # stopped between two layers, some hold more positions than others
                if is_out_of_memory(error):
                    raise ModelFailed(out_of_memory_message(self.name, prompt)) from error
                raise

    def close(self) -> None:
        self._shut_down()
        self._runner = None

    def _reply(self, runner: ModelRunner, prompt: Prompt, constraint: Constraint, max_tokens: int) -> Reply:
        written = constraint.forced()
        logits, prefilled, shift = runner.prefill(prompt, written)
        before = runner.passes
        while len(written) < max_tokens and not constraint.complete:
            new = [constraint.choose(logits)]
            if not constraint.complete:
                new += constraint.forced()
            written += new
            if len(written) < max_tokens and not constraint.complete:
                logits = runner.decode(new, shift)
        finished = constraint.complete and len(written) <= max_tokens
        usage = Usage(len(prompt.ids), min(len(written), max_tokens), prefilled, runner.passes - before)
        return Reply(self._text(written[:max_tokens]), finished, usage)

    def _text(self, written: Sequence[int]) -> str:
        kept = list(written)
        while kept and kept[-1] in self._ends:
            kept.pop()
        text: str = self.tokenizer.decode(kept, skip_special_tokens=False, clean_up_tokenization_spaces=False)
        return text


def end_tokens(network: Any, tokenizer: Any) -> list[int]:
    """The tokens that end a reply: the template's mark first, then those that the checkpoint names."""
    named = network.generation_config.eos_token_id
    named = named if isinstance(named, list) else [named] if named is not None else []
    return list(dict.fromkeys([tokenizer.get_vocab()[END.text], *named]))


def is_out_of_memory(error: BaseException) -> bool:
    """Whether memory was what was missing; for a CPU and for MPS torch says so in words only."""
    said = isinstance(error, RuntimeError) and re.search(r"out of memory|allocate memory|not enough memory", str(error))
    return bool(said) or isinstance(error, MemoryError | torch.OutOfMemoryError)


def out_of_memory_message(name: str, prompt: Prompt) -> str:
    """What to do about a prompt that did not fit."""
    visual = sum(span.count for span in prompt.spans)
    return (
        f"{name} ran out of memory over {len(prompt.ids)} tokens, {visual} of them of pictures. "
        f"Show it less with --max-tokens {max(4, visual // 2)}, or serve it elsewhere and use --endpoint"
    )
