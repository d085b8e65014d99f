"""Relève: mentorship programs in healthcare, in French and in English."""
