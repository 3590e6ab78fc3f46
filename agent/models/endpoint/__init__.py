"""A chat model behind any OpenAI-compatible endpoint."""
