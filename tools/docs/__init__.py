"""The parts of docs/ that are written from the code, so that they cannot drift: `python -m tools.docs`.

Each stands in its page between two comments, `<!-- written by tools.docs: NAME -->` and `<!-- end -->`.
tests/test_docs.py fails when one of them differs from what the code says.
"""
