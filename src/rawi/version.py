"""The version of rawi, in one place."""

__version__ = "0.1.0"
