"""What a web page adds: its sentences, its widgets as they look, its deeds."""
