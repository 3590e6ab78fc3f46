"""One self-contained HTML page for an episode."""

from agent.report.page import episode_page, write_page

__all__ = ["episode_page", "write_page"]
