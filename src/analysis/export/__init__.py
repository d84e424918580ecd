"""One document, read from an executed notebook, as HTML, PDF and an index; what an edition is, and records of it.

Exporters format what the elements say; they compute nothing.
"""
