"""Where records come from: one file per format, listed in formats.py."""
