"""What everything else rests on: errors in sentences, files written whole or not at all, languages and their words.

It knows nothing of data, of reports, or of a country.
"""
