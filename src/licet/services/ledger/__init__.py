"""What a decision needs to be shown and made again years later, carried into the ledger and back."""
