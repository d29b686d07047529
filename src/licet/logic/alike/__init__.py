"""Many cases at once: their truths as arrays, and which of them the law cannot tell apart."""
