"""Qwen2.5-VL and its kin in this process, through transformers: remembered prefixes, grammars, forced tokens."""
