"""A country as its briefings know it: its codes and states, the words that name it, and what places are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from analysis.foundation.words import Language, plain
from analysis.mexico import bodies, countries, glossary
from analysis.mexico.countries import PlaceError
from analysis.mexico.outlines import Ring, read_outlines
from analysis.mexico.revised import Held
from analysis.mexico.states import State, read_states

_JOINT: Final = "+"
"""Between the codes of several places that one number is of: ``MX-CHP+MX-OAX``."""
Words = Mapping[Language, str]


@dataclass(frozen=True)
class Country:
    """One country and the series of briefings on it.

    Attributes:
        code: ISO 3166-1 alpha-3.
        example: Code of a state, for messages.
        unknown_state: What stands for the code of a state that is not known.
        distribution: Name under which this library is installed.
        themes: How many areas of work there are; the panorama, number 0, is not one of them.
        name: Of the country.
        other_names: How the collected figures write it else.
        unknown_name: What stands for the name of a state that is not known.
        series: Title of the series of briefings.
        by_state: Heading of the editions of states.
        outline_source: Of the outlines of the states, as a note says it.
        disclaimer: Whose the briefings are, and whose not.
        tags: The languages of pages, as BCP 47 tags.
        revised: Series of which a first release is known, and where the tables hold them.
        proper_names: Names in texts whose words are those of their language, as a pattern.
        names_with_digits: Names in texts whose digits are no numbers, as a pattern.
        template: Notebook of a new theme.
    """

    code: str
    example: str
    unknown_state: str
    distribution: str
    themes: int
    name: Words
    other_names: tuple[str, ...]
    unknown_name: Words
    series: Words
    by_state: Words
    outline_source: Words
    disclaimer: Words
    tags: Words
    revised: Mapping[str, Held | None]
    proper_names: str
    names_with_digits: str
    template: Path

    acronyms_in = staticmethod(glossary.acronyms_in)
    body_name = staticmethod(bodies.body_name)
    country_name = staticmethod(countries.country_name)
    is_country = staticmethod(countries.is_country)
    people_from = staticmethod(countries.people_from)
    region = staticmethod(countries.region)
    terms_in = staticmethod(glossary.terms_in)

    @cached_property
    def states(self) -> tuple[State, ...]:
        """The states, in the order of the statistical office."""
        return read_states()

    @cached_property
    def state_codes(self) -> frozenset[str]:
        """Their ISO 3166-2 codes."""
        return frozenset(state.code for state in self.states)

    @cached_property
    def outlines(self) -> Mapping[str, tuple[Ring, ...]]:
        """Their outlines, simplified, by code."""
        return read_outlines()

    @cached_property
    def tiles(self) -> tuple[State, ...]:
        """The states as they stand in the map of tiles, row by row."""
        return tuple(sorted(self.states, key=lambda state: (state.row, state.column)))

    def is_place(self, code: str) -> bool:
        """Whether a code is that of the country or of a state."""
        return code == self.code or code in self.state_codes

    def state(self, code: str) -> State:
        """Return the state of an ISO 3166-2 code.

        Raises:
            PlaceError: If there is no such state.
        """
        found = next((state for state in self.states if state.code == code), None)
        if found is None:
            raise PlaceError(f"{code!r} is not the ISO 3166-2 code of a Mexican state; write it like 'MX-CHP'.")
        return found

    def place_name(self, code: str, language: Language) -> str:
        """Return the name of the country or of a state: "México", "Coahuila", "Mexico City".

        Raises:
            PlaceError: If the code is neither that of the country, `unknown` nor that of a state.
        """
        known = {self.code: self.name, self.unknown_state: self.unknown_name}
        return known[code][language] if code in known else self.state(code).called(language)

    def normalise(self, text: str) -> str:
        """Return the code of a place written in any of the ways of the collected figures.

        Known are `MEX`, a name ("Chiapas", "Mexico"), `MX-CHP`, `MEX-CHP`, and either with a place inside the
        state (`MX-CHP:Tapachula`, `MEX/Chiapas/Tapachula`). The word "Mexico" alone is the country.

        Returns:
            `MEX` or an ISO 3166-2 code.

        Raises:
            PlaceError: If the text names no Mexican place.
        """
        parts = [part.strip() for part in text.split(":")[0].split("/")]
        wanted = parts[1] if len(parts) > 1 and parts[0] == self.code else parts[0]
        code = self._codes.get(plain(wanted))
        if code is None:
            raise PlaceError(f"{text!r} names no Mexican state; add the spelling to states.csv or correct it.")
        return code

    @cached_property
    def _codes(self) -> dict[str, str]:
        """Codes by all that is written for them, in plain letters; what names country and state is the country."""
        written = {
            plain(name): state.code
            for state in self.states
            for name in (*state.names, state.code, f"{self.code}-{state.letters}")
        }
        return written | {plain(name): self.code for name in (self.code, *self.name.values(), *self.other_names)}

    def together(self, places: Iterable[str]) -> str:
        """Return the place that a number made of numbers of these places is of.

        Args:
            places: codes, each of one place or of several joined by ``+``.

        Returns:
            The one place that there is; the country where all 32 states are among them; else the codes of all, each
            once, in their order, joined by ``+``.
        """
        distinct = tuple(dict.fromkeys(code for place in places for code in place.split(_JOINT)))
        return self.code if {*distinct} >= self.state_codes else _JOINT.join(distinct)
