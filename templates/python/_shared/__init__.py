"""Code that the modules of all services share."""
