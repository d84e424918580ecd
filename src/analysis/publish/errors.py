"""Errors that a person who builds or exports briefings can act on: one sentence, with the remedy."""

from __future__ import annotations


class PublishError(Exception):
    """Something keeps a briefing from being published: the message says what, where and what to do."""


class DocumentError(PublishError):
    """A notebook that cannot become a document: not run, failed, or an element that lacks something."""


class NotebookError(PublishError):
    """A notebook file that cannot be read, or lacks its cell of parameters."""


class EditionError(PublishError):
    """Something asked for that `reports/editions.toml` or the notebooks do not have."""


class ParametersError(PublishError):
    """A parameter that is unknown, of the wrong type, or not allowed."""


class ExecutionError(PublishError):
    """A cell that raised, or a kernel that died."""
