"""What everything else rests on: errors in sentences, files written whole or not at all, languages and their words.

It reads no data and knows no country.
"""
