"""The engine's codes and numbers in the reader's language: `board.py` with a program's own names, the others with any names."""
