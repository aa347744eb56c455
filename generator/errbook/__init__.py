"""errbook compiles the error tables of API documentation into code."""

__version__ = "0.1.0"
