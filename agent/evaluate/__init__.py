"""Policies scored on recorded episodes and on live suites: named protocols, importers, comparison, exporters."""
