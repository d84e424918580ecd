"""Adapters: one module a publisher with a function ``tables(folder)``, from raw files to tables, and what some share.

Beside each stands a TOML file of the same name with its raw files and the metadata of its tables; ``compiled``
describes the tables of figures that were typed in.
"""
