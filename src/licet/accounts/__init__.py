"""Accounts, sessions, keys and what was refused, in one database. It knows nothing of law, nor what a role may do."""
