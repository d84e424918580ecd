"""From editions to reports on disk: parameters, execution, facts, export, and a manifest of what was made from what.

What a report says is made below; here it is made once, in order, and kept.
"""
