"""Functions for text: reading, measuring and writing it."""
