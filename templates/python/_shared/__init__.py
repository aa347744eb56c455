"""What the modules of all services share."""
