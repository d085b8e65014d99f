"""The pages on which a committee pairs people, one module per noun."""
