"""What is wrong with the law, and what is worth a look: `check` runs every check of this folder."""

from licet.services.lawcheck.report import Report, check

__all__ = ["Report", "check"]
