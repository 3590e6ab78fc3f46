"""The embedded default: reads instructions, reads the screen by OCR, finds what is meant. Needs no download and no GPU."""
