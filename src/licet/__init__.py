"""Licet: may this go, to them, on this day, and why?"""

__version__ = "0.1.0"
