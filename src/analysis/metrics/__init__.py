"""Metrics, their algebra, and the sentences that print them."""
