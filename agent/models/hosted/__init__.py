"""Chat models behind the hosted APIs that have a computer tool of their own, through their official SDKs."""
