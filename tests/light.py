"""Loaded before every other plugin, so that none has jsonschema build a grammar of addresses for a second."""

from analysis.build.imports import load_jsonschema

load_jsonschema()
