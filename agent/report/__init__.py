"""HTML pages that open offline: their templates, the page of an episode, and the page of a rerun's miss."""

from agent.report.page import episode_page, write_page

__all__ = ["episode_page", "write_page"]
