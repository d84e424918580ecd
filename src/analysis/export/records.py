"""The record of a report that was built: what was made from what, and what it shows, as the manifest keeps it."""

from __future__ import annotations

import msgspec

from analysis.export.edition import Kind


class Figure(msgspec.Struct, frozen=True):
    """A key figure as it is printed."""

    value: str
    label: str


class Card(msgspec.Struct, frozen=True):
    """What the index shows of a report: its theme, its finding, its first key figure."""

    number: int
    title: str
    scope: str
    edition: str
    headline: str
    key_figure: Figure | None


class Links(msgspec.Struct, frozen=True):
    """Addresses of what belongs to a page, from where it stands: the same in other formats, by their suffix, and pages.

    None stands for a page that is not there.
    """

    files: dict[str, str] = {}
    other_language: str | None = None
    index: str | None = None


class Printed(msgspec.Struct, frozen=True):
    """What the pages of a report print of their edition.

    Attributes:
        edition: its name.
        kind: what the pages may claim to be.
        contact: whom readers write to; empty for the project's issue tracker.
        links: what a page leads to.
        previous: digest of what the edition before said.
    """

    edition: str
    kind: Kind
    contact: str
    links: Links
    previous: str


class Inputs(msgspec.Struct, frozen=True):
    """Digests of what a report is made from."""

    notebook: str
    library: str
    publishing: str
    environment: str
    tables: dict[str, str]


class Built(msgspec.Struct, frozen=True, omit_defaults=True):
    """The record of one report that was built.

    Attributes:
        parameters: of its last build.
        inputs: what it was made from.
        printed: what its pages print of the edition.
        outputs: digests of its files by suffix; none while they are being replaced.
        card: what the index shows of it.
        neutral: places where a neutral wording stands.
        failed: why its last build failed, the files being those of an earlier one; empty where it did not.
        declared: whether the edition listed it when it was last built as a whole; else somebody asked for it.
    """

    parameters: dict[str, str | int | float | bool]
    inputs: Inputs
    printed: Printed
    outputs: dict[str, str]
    card: Card
    neutral: list[str]
    failed: str = ""
    declared: bool = False
