"""Adapters: one module a publisher, from its raw files to the tables of the data package.

Each adapter has a function ``tables(folder)`` and, beside it, a TOML file of the same name with the metadata
of its tables. ``package`` turns both into files and a descriptor; ``refresh`` compares them with what is
committed and writes.
"""
