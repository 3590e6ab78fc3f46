"""Recordings of ours in the formats of others: OSWorld traces, Parquet, conversations, a ZIP."""
