"""What a command does for a whole project: which services are stale, where, cache, output."""
