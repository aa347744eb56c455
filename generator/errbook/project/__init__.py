"""A project: its configuration, its documents, and the names that its lock holds."""
