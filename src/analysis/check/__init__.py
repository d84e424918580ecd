"""What an author and CI are told: house style, layout, numbers counted again, crossed breaks and the age of data.

It reads data, notebooks and what a build wrote, and changes nothing.
"""
