"""Parts of benchmarks/search.py. `data.make` writes a synthetic directory; anyone may use it."""
