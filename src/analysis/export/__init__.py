"""One document, read from an executed notebook, as HTML, PDF and an index of pages; what an edition is, and its records.

Exporters format what the elements say; they compute nothing.
"""
