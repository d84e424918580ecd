"""The page that compares two editions: revised figures by name, the largest first."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from analysis.build.comparison import Compared, render_comparison
from analysis.build.published import Published
from analysis.report.facts import Derivation
from tests.build.test_changes import BEFORE, NOW
from tests.build.test_difference import fact


def edition(of: Published, **values: int) -> Published:
    """An edition with claims by nationality in 2019."""
    facts = [
        replace(
            fact(2019, value, "table 1", nationality),
            derivation=Derivation(
                table="claims_year", column="claims", where={"year": 2019, "nationality": nationality}
            ),
        )
        for nationality, value in values.items()
    ]
    return Published(
        of.edition, of.as_of, {"es": "<i>Asilo</i>", "en": "Asylum"}, of.headline, of.figures, of.sentences, facts
    )


def test_revised_figures_are_named_with_both_values(tiny_data: Path) -> None:
    """By table, column, place and period; the largest share first; texts are escaped."""
    before, now = edition(BEFORE, HND=100, CUB=1000, NIC=7), edition(NOW, HND=150, CUB=1010, NIC=7)
    page = render_comparison([Compared("05_trial", before, now)], "2020", "2026-1", tiny_data, "es")
    assert "<h2>&lt;i&gt;Asilo&lt;/i&gt;</h2>" in page
    assert "en ambas ediciones: 3; revisadas desde entonces: 2." in page
    honduras, cuba = page.index(">Honduras</td>"), page.index(">Cuba</td>")
    assert honduras < cuba
    assert "Nicaragua" not in page
    row = page[honduras : page.index("</tr>", honduras)]
    assert [cell.partition("<")[0] for cell in row.split(">")[3::2]] == ["2019", "100", "150", "+50.0%"]
    assert "claims. Tabla claims_year" in page


def test_the_page_is_in_its_language(tiny_data: Path) -> None:
    """Headings of columns, sentences, numbers."""
    before, now = edition(BEFORE, HND=1000), edition(NOW, HND=1500)
    page = render_comparison([Compared("05_trial", before, now)], "2020", "2026-1", tiny_data, "en")
    for text in (
        "<h2>Asylum</h2>",
        "Edition 2020",
        "Figures of the same period with another value",
        "1,500",
        '<html lang="en">',
    ):
        assert text in page
    assert "Edición" not in page


def test_what_is_alike_is_said_once(tiny_data: Path) -> None:
    """One finding for both, and no key figure that is printed alike."""
    page = render_comparison([Compared("05_trial", NOW, NOW)], "2020", "2026-1", tiny_data, "es")
    assert "Ambas ediciones encuentran: «En 2025 hubo 70,482.»" in page
    assert "70,482 solicitudes, 2025" not in page


def test_what_an_edition_did_not_say_in_a_language_is_not_quoted(tiny_data: Path) -> None:
    """Nor is an empty quotation printed."""
    page = render_comparison([Compared("05_trial", BEFORE, NOW)], "2020", "2026-1", tiny_data, "en")
    assert "“" not in page


def test_other_categories_keep_their_code(tiny_data: Path) -> None:
    """Marked as a code: it is no word of a language, and is escaped like any text."""
    given = edition(BEFORE, deaths=3), edition(NOW, deaths=4)
    page = render_comparison([Compared("05_trial", *given)], "2020", "2026-1", tiny_data, "es")
    assert '<code lang="zxx">deaths</code></td>' in page
