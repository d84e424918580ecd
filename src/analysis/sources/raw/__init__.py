"""Raw files: where each is published, how it is fetched, and how its text becomes columns.

It knows no publisher: what is particular to one stands beside its adapter.
"""
