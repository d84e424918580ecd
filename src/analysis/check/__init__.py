"""What an author and CI are told of a built edition: house style, layout, crossed breaks and the age of data.

It reads what a build wrote and changes nothing.
"""
