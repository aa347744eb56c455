"""Text: reading it, measuring it, writing it as CommonMark."""
