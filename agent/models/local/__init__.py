"""Qwen2.5-VL and its kin in this process: remembered prefixes, grammars, forced tokens."""
