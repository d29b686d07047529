"""What a change of law means for an order book: which lines turn out otherwise, and because of what."""
