"""What a model's tokens cost in money."""

from dataclasses import dataclass

from agent.episode import Usage


@dataclass(frozen=True, slots=True)
class Prices:
    """The price of a million tokens: those it is given, those it writes."""

    prompt: float
    completion: float
    currency: str = "$"


def cost(usage: Usage, prices: Prices) -> float:
    """What `usage` costs, in the currency of `prices`."""
    return (usage.prompt * prices.prompt + usage.completion * prices.completion) / 1_000_000


def cost_in_words(usage: Usage, prices: Prices | None) -> str:
    """Tokens for a person, and their price where it is known: "1,200 tokens in, 34 out: $0.0042"."""
    tokens = f"{usage.prompt:,} tokens in, {usage.completion:,} out"
    return f"{tokens}: {prices.currency}{cost(usage, prices):.4f}" if prices else tokens
