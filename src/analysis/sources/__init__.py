"""From raw files to the tables of the data package, and what a refresh changed in them.

`raw` fetches and reads files, `publishers` turns them into tables, and the modules here compare and write.
"""
