"""Numbers that know their unit, their period and where they come from, and the words that print them.

A stage of pure functions: no file is read here.
"""
