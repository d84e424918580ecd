"""The data package as seen on a date: its descriptor, its tables and their periods, and whom they are credited to.

It reads `data/` and never writes there.
"""
