"""What `--help` says of each command, with examples that can be typed."""
