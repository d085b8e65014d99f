"""Break each behaviour of the first program in a copy of the tree, and see that its test fails.

A test that passes whatever the product does shows nothing. What is broken stands in the TOML files beside this
one: the very text, what takes its place, and the tests that must then fail.
"""
