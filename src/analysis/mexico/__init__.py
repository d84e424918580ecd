"""What another country would replace: its states and their names, and what its series are called.

Data and small functions; nothing else in the library names the country, its states or its publishers.
"""
