"""Policies judged by recorded episodes: named protocols, importers, comparison, exporters."""
