"""Chat models: words and pictures in, words out; over an endpoint, or in this process."""
