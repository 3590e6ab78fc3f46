"""Questions about what can be seen: pictures, pages, videos, recordings and the live screen."""
