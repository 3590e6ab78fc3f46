"""A tiny Qwen2.5-VL that clicks named buttons: its world, its lessons and its stored weights."""
