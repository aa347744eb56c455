"""Commands for a whole project: finding stale services, starting processes, cache, output."""
