"""Publishing: editions, execution, export to HTML and PDF, manifest and index.

Runs notebooks and reads what they show; knows nothing of charts or measures.
"""
