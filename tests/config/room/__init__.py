"""A room that exists in tests of a whole installation alone: one kind of letter, one long task."""
