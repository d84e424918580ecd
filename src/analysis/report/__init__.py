"""What a notebook shows: a briefing, its elements, the audit of its data, and statements put to the test.

Here a cell becomes something that pages can print; nothing here writes a file.
"""
