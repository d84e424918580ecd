"""The compiled tables against the figures that they were typed in from."""

import calendar
from pathlib import Path

import pandas as pd
import pytest

from analysis.mexico import COUNTRY

# Table, its figures file, the indicators, the column of the value.
COMPILED = [
    (
        "crimes_against_migrants_period",
        "violence_against_migrants.csv",
        ["crimes_against_irregular_migrants_upm"],
        "crimes",
    ),
    ("asylum_office_period", "asylum_comar.csv", ["asylum_claims"], "claims"),
    (
        "missing_registry_period",
        "migrant_deaths_disappearances.csv",
        ["missing_migrants_registry", "missing_migrants_reported_by_families"],
        "persons",
    ),
    (
        "voluntary_returns_cumulative",
        "oim_mexico_programme.csv",
        ["assisted_voluntary_returns_cumulative"],
        "persons",
    ),
]
# A record that the note of a figure names and that was read itself (test_reference_totals holds its numbers).
NAMED_IN_A_NOTE = "https://bibliotecas.diputados.gob.mx/cgi-bin/koha/opac-export.pl?bib=289223&format=isbd&op=export"
# The same for the tables that have no office: table, files, indicators, column of the value.
FLOWS = [
    (
        "mexicans_in_usa_year",
        "mexicans_in_usa.csv",
        ["mexican_born_in_usa", "mexican_origin_in_usa", "mexican_unauthorized_in_usa"],
        "million",
    ),
    (
        "repatriations_mexicans_period",
        "repatriation_of_mexicans.csv context_irregular_flows_crosscheck.csv repatriations_2024_2026.csv",
        ["repatriation_of_mexicans_from_us", "returns_of_mexicans_from_usa", "repatriations_of_mexicans_from_usa"],
        "events",
    ),
    (
        "irregular_events_state_period",
        "mex_irregular_migration_events.csv",
        ["irregular_migration_events"],
        "events",
    ),
    (
        "irregular_events_resolution_period",
        "mex_irregular_migration_events.csv mex_returns_of_foreigners.csv",
        ["irregular_migration_events", "irregular_migration_outcomes", "foreigners_returned_by_mexico"],
        "events",
    ),
    (
        "residence_cards_period",
        "migration_documents.csv",
        ["tvrh_humanitarian_cards", "trp_permanent_resident_cards", "trt_temporary_resident_cards"],
        "cards",
    ),
    ("naturalisations_year", "migration_documents.csv", ["naturalization_letters"], "letters"),
    (
        "venezuelans_year",
        "venezuelans_in_mexico.csv foreign_born_in_mexico.csv",
        ["venezuelan_refugees_and_migrants", "foreign_born_population"],
        "persons",
    ),
    ("foreign_born_census_year", "foreign_born_in_mexico.csv", ["foreign_born_population"], "persons"),
    ("ptat_workers_year", "labour_migration.csv", ["ptat_workers"], "workers"),
    ("border_worker_cards_period", "labour_migration.csv", ["tvtf_border_worker_cards"], "cards"),
    ("transit_estimates_period", "transit_estimates.csv", ["estimated_irregular_transit_migrants"], "persons"),
    (
        "integration_programme_period",
        "integration.csv",
        ["pil_participants", "pil_participants_cumulative", "pil_companies"],
        "value",
    ),
    (
        "integration_findings_period",
        "integration.csv foreign_born_in_mexico.csv",
        [
            "foreign_born_children_with_mexican_parent",
            "foreign_born_employment_gap",
            "foreign_born_employment_rate",
            "foreign_born_population",
            "foreign_born_with_mexican_nationality_share",
            "mexicans_returned",
            "pil_employed_before_in_south",
            "pil_formal_employment_after",
            "pil_income_increase",
            "refugee_children_out_of_school",
            "refugees_casual_work_no_contract",
            "refugees_education_primary_to_highschool",
            "refugees_feel_not_integrated",
            "refugees_feel_somewhat_integrated",
            "refugees_feel_very_integrated",
            "refugees_no_grade_completed",
            "refugees_with_degree",
        ],
        "percent points persons",
    ),
    (
        "us_outcomes_fy",
        "us_swb_encounters_outcomes_fy.csv",
        ["us_swb_encounters", "us_swb_title8_repatriations", "us_swb_title42_expulsions"],
        "events",
    ),
    ("mpp_period", "mpp_enrolments.csv", ["mpp_enrolments", "mpp_court_cases"], "persons"),
    ("displacement_published_period", "internal_displacement.csv", ["new_internal_displacements"], "displacements"),
    ("iom_presence_year", "oim_mexico_programme.csv", ["oim_mexico_offices"], "places"),
    ("covid_work_period", "covid19_migrants.csv", ["share_lost_job"], "pct"),
    (
        "minors_events_published_period",
        "mex_migrant_minors_events.csv repatriations_2024_2026.csv",
        ["irregular_migration_events_minors", "irregular_migration_events"],
        "events",
    ),
    (
        "covid_migrants_date",
        "health_migrants.csv",
        [
            "covid_confirmed_by_state",
            "covid_confirmed_cumulative",
            "covid_deaths_cumulative",
            "covid_studied_cumulative",
        ],
        "persons cases deaths",
    ),
    (
        "health_services_period",
        "health_migrants.csv",
        [
            "imss_affiliations_of_repatriated",
            "imss_bienestar_consultations_to_migrants",
            "medical_attentions_to_repatriated",
            "msf_consultations_to_caravans",
            "msf_medical_consultations_migrants",
            "msf_mental_health_consultations",
            "msf_mental_health_consultations_migrants",
            "msf_outpatient_consultations",
            "psychological_attentions_to_repatriated",
            "repatriated_mexicans_attended_mexico_te_abraza",
        ],
        "services persons",
    ),
    (
        "health_findings_period",
        "health_migrants.csv dtm_mexico.csv",
        [
            "anxiety_reported",
            "cause_of_anxiety_or_depression",
            "covid_share_by_country_of_origin",
            "depression_reported",
            "drc_monitoring_families",
            "msf_acute_mental_health_cases_due_to_violence",
            "msf_mental_health_share_in_mexico",
            "shelters_with_permanent_medical_service",
            "stress_or_anxiety_last_year",
        ],
        "percent families",
    ),
    (
        "education_facts_period",
        "education_migrants.csv integration.csv",
        [
            "foreign_born_new_entrants_to_schools",
            "foreign_born_pupils_share",
            "foreign_born_students_basic_education",
            "migrant_children_completed_basic_studies",
            "migrant_children_in_public_schools",
            "migrant_new_entrants_per_year",
            "migrant_students_public_schools",
            "pil_children_in_school_share",
            "recent_immigrants_from_usa_aged_5_17",
            "recent_international_immigrants_aged_5_17",
            "returned_migrants",
            "transnational_students",
        ],
        "persons percent",
    ),
    (
        "polls_period",
        "attitudes_narratives.csv",
        [
            "agree_entry_and_refuge_el_universal",
            "close_southern_border_and_expel_unhcr_data",
            "deport_migrants_reforma_dallas",
            "deport_migrants_wapo_reforma",
            "entry_of_migrants_parametria",
            "government_should_respond_to_rights_and_needs_unhcr_data",
            "help_and_protect_migrants_in_transit",
            "negative_valuation_by_nationality_uvm",
            "only_let_transit_quickly_unhcr_data",
            "positive_opinion_of_migrants_uvm",
            "right_to_work_for_central_americans_uvm",
            "right_to_work_for_mexicans_in_usa_uvm",
            "stricter_border_crossings_uvm",
            "thinks_cause_is_economic_unhcr_data",
            "thinks_cause_is_violence_unhcr_data",
            "what_to_do_with_migrants",
            "would_increase_crime_el_universal",
        ],
        "percent",
    ),
    (
        "conflict_displacement_state_year",
        "internal_displacement.csv",
        ["people_displaced_mass_episodes", "share_of_displaced"],
        "persons percent",
    ),
    (
        "displacement_estimates_period",
        "internal_displacement.csv",
        ["people_moved_home_to_protect_from_crime", "people_migrated_because_of_violence_census"],
        "persons",
    ),
    (
        "disaster_impacts",
        "disasters_emergencies.csv",
        [
            "deaths",
            "houses_damaged",
            "houses_registered_with_damage",
            "houses_seriously_affected",
            "iom_people_targeted",
            "missing",
            "people_affected",
            "people_in_need",
            "people_in_shelters",
            "temporary_shelters",
        ],
        "people houses shelters",
    ),
    (
        "shelter_findings_period",
        "disasters_emergencies.csv",
        [
            "iom_items_delivered_to_shelters",
            "migrant_shelters",
            "migrant_shelters_at_or_near_capacity",
            "migrant_shelters_in_network",
        ],
        "shelters items",
    ),
    (
        "dtm_rounds",
        "dtm_mexico.csv",
        ["dtm_survey_sample", "persons_covered_by_survey", "nationalities_identified"],
        "value",
    ),
    (
        "dtm_api",
        "dtm_mexico.csv",
        ["dtm_api_countries_available", "dtm_api_operations_available", "dtm_api_mexico_available"],
        "value",
    ),
    (
        "revisions",
        "mex_irregular_migration_events.csv mex_migrant_minors_events.csv mex_returns_of_foreigners.csv "
        "asylum_comar.csv remittances.csv internal_displacement.csv migrant_deaths_disappearances.csv",
        [
            "asylum_claims",
            "foreigners_returned_by_mexico",
            "idp_stock",
            "irregular_migration_events",
            "irregular_migration_events_minors",
            "migrant_deaths_us_mexico_border",
            "people_displaced_mass_episodes",
            "remittances_inflow",
        ],
        "value",
    ),
    (
        "disagreements",
        "context_irregular_flows_crosscheck.csv asylum_comar.csv trafficking_smuggling.csv remittances.csv "
        "dtm_mexico.csv",
        [
            "asylum_claims",
            "changed_residence_due_violence_last_12_months",
            "cndh_trafficking_victims_identified",
            "events_irregular_migratory_situation",
            "remittances_households",
            "unhcr_intended_destination",
            "unodc_trafficking_victims_detected",
            "us_tip_trafficking_victims_identified",
        ],
        "value",
    ),
    (
        "trafficking_counts_by_source",
        "trafficking_smuggling.csv",
        [
            "us_tip_trafficking_victims_identified",
            "cndh_trafficking_victims_identified",
            "unodc_trafficking_victims_detected",
        ],
        "victims",
    ),
    ("inm_victims_nationality", "trafficking_smuggling.csv", ["migrant_trafficking_victims_rescued_inm"], "victims"),
    ("smuggling_fgr_state", "trafficking_smuggling.csv", ["smuggling_investigations_fgr"], "files"),
    ("smuggling_rescued_year", "trafficking_smuggling.csv", ["people_rescued_from_smuggling_networks"], "persons"),
    (
        "smuggling_justice_period",
        "trafficking_smuggling.csv",
        [
            "smuggling_cases_prosecuted_fgr",
            "smuggling_convictions_district_courts",
            "smuggling_persons_prosecuted_fgr",
            "smuggling_persons_sentenced_fgr",
            "smuggling_sentences_fgr",
        ],
        "cases persons sentences",
    ),
]
# What the figures call the disasters to which we give a code.
DISASTERS = {
    "cold_fronts": "hazard=flood;event=cold_fronts_9_and_11",
    "earthquake_19_september": "hazard=earthquake",
    "earthquake_7_september": "hazard=earthquake",
    "earthquakes_september": "hazard=earthquake",
    "john": "hazard=storm;event=John",
    "october_rains": "hazard=flood;event=rains_6_9_October",
    "otis": "hazard=storm;event=Otis",
}
KNOWN_PLACES = {
    "Chiapas",
    "Ciudad de México",
    "Estado de México",
    "Guerrero",
    "Hidalgo",
    "Mexico",
    "Morelos",
    "Puebla",
    "Tabasco",
    "Veracruz",
}
NATIONALITIES = {
    "CAN": "Canada",
    "COL": "Colombia",
    "CUB": "Cuba",
    "ECU": "Ecuador",
    "GTM": "Guatemala",
    "HND": "Honduras",
    "NIC": "Nicaragua",
    "SLV": "El_Salvador",
    "USA": "United_States",
    "VEN": "Venezuela",
}
NO_TABLE = "in shared/figures but in no table of the package"
"""A remark on this package, not on the figure: it ceased to hold when the figure came into a table."""


def _text(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def _last_day(period: str) -> str:
    end = period.split("/")[-1]
    if end.startswith("FY"):
        return f"{end[2:]}-09-30"
    if len(end) == 4:
        return f"{end}-12-31"
    if len(end) == 7:
        return f"{end}-{calendar.monthrange(int(end[:4]), int(end[5:]))[1]}"
    return end


@pytest.mark.parametrize(("table", "file", "indicators", "value"), COMPILED)
def test_each_row_is_a_figure_with_its_address(
    table: str, file: str, indicators: list[str], value: str, data_folder: Path, figures_folder: Path
) -> None:
    """Value, address, publisher, end of the period and audit note of each row are those of one figure."""
    figures = _text(figures_folder / file)
    figures = figures[figures["indicator"].isin(indicators)]
    known = {
        (row["value"], row["url"], row["publisher"], _last_day(row["period"])): row["note"]
        for row in figures.to_dict("records")
    }
    for row in _text(data_folder / "compiled" / f"{table}.csv").to_dict("records"):
        key = (row[value], row["url"], row["publisher"], row["period_end"])
        assert key in known
        assert row["note"].startswith(known[key])


def _end(row: dict[str, str]) -> str:
    """Return the last day of a compiled row, whatever its period is called; years end with themselves."""
    if "fiscal_year" in row:
        return f"{row['fiscal_year']}-09-30"
    return row.get("reference_date") or row.get("period_end") or f"{row['year']}-12-31"


def _counted_to(figure: dict[str, str]) -> str:
    """Return the last day that was counted, where the note of a figure of a year says which."""
    return f"{figure['period']}-12-15" if figure["note"].startswith("to 15 December") else _last_day(figure["period"])


def _in_unit(figure: dict[str, str], column: str) -> str:
    """Return the value of a figure as the column has it: persons become millions of persons."""
    if column == "million" and figure["unit"] == "persons":
        return format(int(figure["value"]) / 1_000_000, ".12g")
    return figure["value"]


@pytest.mark.parametrize(("table", "files", "indicators", "value"), FLOWS)
def test_each_row_of_the_flow_reports_is_a_figure(
    table: str, files: str, indicators: list[str], value: str, data_folder: Path, figures_folder: Path
) -> None:
    """Value, address, publisher, end of the period, note and breakdown of each row are those of one figure.

    A note may go on: the day of a page that states none, say. Releases read from a dated copy of a file have their own
    test.
    """
    figures = pd.concat([_text(figures_folder / name) for name in files.split()])
    figures = figures[figures["indicator"].isin(indicators)]
    known: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for figure in figures.to_dict("records"):
        for end in {_last_day(figure["period"]), _counted_to(figure)}:
            key = (_in_unit(figure, value), figure["url"], figure["publisher"], end)
            known.setdefault(key, []).append(figure)
    rows = _text(data_folder / "compiled" / f"{table}.csv")
    elsewhere = (rows["url"] == NAMED_IN_A_NOTE) | rows["url"].str.startswith(COPIES_OF_BANXICO)
    for row in rows[~elsewhere].to_dict("records"):
        number = "".join(row[column] for column in value.split())  # each row has one of the columns of values
        same = known[number, row["url"], row["publisher"], _end(row)]
        assert any(
            row["note"].startswith(figure["note"].removeprefix(NO_TABLE)) and _same_part(figure, row) for figure in same
        )


COPIES_OF_BANXICO = "https://github.com/lapanquecita/remesas/blob/"


def test_later_releases_of_remittances_are_sums_of_dated_copies(data_folder: Path, vintages_folder: Path) -> None:
    """Each is the sum of the twelve months of the version that stood published on its day."""
    register = _text(vintages_folder / "VINTAGES.csv")
    rows = _text(data_folder / "compiled" / "revisions.csv")
    copied = rows[rows["url"].str.startswith(COPIES_OF_BANXICO)]
    assert len(copied) == 5
    for row in copied.to_dict("records"):
        commit, _, path = row["url"].removeprefix(COPIES_OF_BANXICO).partition("/")
        known = register[(register["commit"] == commit) & (register["path"] == path)]
        assert list(known["date"]) == [row["published"]]
        months = _text(vintages_folder / "banxico-remesas" / row["published"] / "remesas_mensuales.csv")
        months = months[(months["ID_FLUJO"] == "1") & months["PERIODO"].str.startswith(row["period_start"][:4])]
        assert len(months) == 12
        assert round(sum(map(int, months["VALOR_USD"])) / 1e6, 6) == float(row["value"])


def _same_part(figure: dict[str, str], row: dict[str, str]) -> bool:
    """Whether the breakdown of a figure (a state, a sex, a nationality or none) is that of a row."""
    if "category" not in row:
        return True
    kind, _, name = figure["breakdown"].partition("=")
    if kind in ("state", ""):
        here = "state_code" not in row or row["state_code"] == COUNTRY.normalise(name or figure["geography"])
        return row["category"] == "total" and here
    wanted = "OOO" if name == "OTH" else name
    return row["breakdown"] == kind and wanted in {row["category"], NATIONALITIES.get(row["category"])}


def test_age_and_company_of_minors_are_those_of_the_figures(data_folder: Path, figures_folder: Path) -> None:
    """A count of children of one age, or of those without company, never stands for another."""
    files = ["mex_migrant_minors_events.csv", "repatriations_2024_2026.csv"]
    figures = pd.concat([_text(figures_folder / name) for name in files])
    known = {(row["value"], row["url"], row["breakdown"]) for row in figures.to_dict("records")}
    for row in _text(data_folder / "compiled" / "minors_events_published_period.csv").to_dict("records"):
        alone = ";unaccompanied=yes" if row["company"] == "unaccompanied" else ""
        assert (row["events"], row["url"], f"age={row['age_group']}{alone}") in known


def test_covid_counts_are_those_of_their_indicator_and_place(data_folder: Path, figures_folder: Path) -> None:
    """Cases, deaths and persons studied are never exchanged, nor the country and a state."""
    figures = _text(figures_folder / "health_migrants.csv")
    known = {
        (row["value"], row["indicator"].split("_")[1], COUNTRY.normalise(row["geography"]), row["period"])
        for row in figures.to_dict("records")
        if row["indicator"].startswith("covid_")
        and row["indicator"].endswith(("cumulative", "by_state"))  # not what the press added up
    }
    for row in _text(data_folder / "compiled" / "covid_migrants_date.csv").to_dict("records"):
        number = row["persons"] + row["cases"] + row["deaths"]
        assert (number, row["indicator"], row["state_code"], row["period_end"]) in known


@pytest.mark.parametrize(("table", "file", "indicators", "value"), COMPILED + FLOWS)
def test_doubtful_figures_are_not_taken(
    table: str, file: str, indicators: list[str], value: str, data_folder: Path
) -> None:
    """No row bears the marks of a figure that must not be used."""
    notes = _text(data_folder / "compiled" / f"{table}.csv")["note"]
    assert not notes.str.contains("DO NOT USE|DOUBTFUL").any()


@pytest.mark.parametrize(("table", "file", "indicators", "value"), COMPILED[:3])
def test_places_and_nationalities_are_those_of_the_figures(
    table: str, file: str, indicators: list[str], value: str, data_folder: Path, figures_folder: Path
) -> None:
    """The state of a row is that of its figure, and so are nationality, sex, crime, age and office."""
    figures = _text(figures_folder / file)
    figures = figures[figures["indicator"].isin(indicators)]
    pairs = {
        (row["value"], row["url"], COUNTRY.normalise(row["geography"]), row["breakdown"].partition("=")[2])
        for row in figures.to_dict("records")
    }
    for row in _text(data_folder / "compiled" / f"{table}.csv").to_dict("records"):
        wanted = row.get("place") or row.get("category", "")
        wanted = NATIONALITIES.get(wanted, wanted)
        names = {
            name
            for number, url, code, name in pairs
            if (number, url, code) == (row[value], row["url"], row["state_code"])
        }
        assert names
        assert wanted in {*names, "total", ""}


# Questions whose figures have names of their own: one answer each.
ANSWERS = {
    "deport_migrants_reforma_dallas": ("what_to_do_with_migrants", "deport"),
    "deport_migrants_wapo_reforma": ("what_to_do_with_migrants", "deport"),
    "help_and_protect_migrants_in_transit": ("help_and_protect_in_transit", "agree"),
    "thinks_cause_is_economic_unhcr_data": ("cause_of_migration", "economic"),
    "thinks_cause_is_violence_unhcr_data": ("cause_of_migration", "violence"),
    "government_should_respond_to_rights_and_needs_unhcr_data": (
        "what_government_should_do",
        "respond_to_rights_and_needs",
    ),
    "only_let_transit_quickly_unhcr_data": ("what_government_should_do", "only_let_transit_quickly"),
    "close_southern_border_and_expel_unhcr_data": ("what_government_should_do", "close_southern_border_and_expel"),
}
# How two surveys were made was read on pages that are not among the transcribed figures.
READ_ELSEWHERE = {"latinobarometro_2020", "wvs_2018"}
# The page says so, though the note of its figure does not.
MODE_OF_PAGE = {"reforma_washington_post_2019_07": "face_to_face"}


def test_question_and_answer_of_a_poll_are_those_of_its_figure(data_folder: Path, figures_folder: Path) -> None:
    """A share stands beside the question and the answer that it belongs to."""
    figures = _text(figures_folder / "attitudes_narratives.csv").to_dict("records")
    for row in _text(data_folder / "compiled" / "polls_period.csv").to_dict("records"):
        same = [
            figure
            for figure in figures
            if (figure["value"], figure["url"], _last_day(figure["period"]))
            == (row["percent"], row["url"], row["period_end"])
        ]
        assert (row["question"], row["answer"]) in {_asked(figure) for figure in same}


def _asked(figure: dict[str, str]) -> tuple[str, str]:
    """Return question and answer of a figure: those of its own name, or its name without the house."""
    if figure["indicator"] in ANSWERS:
        return ANSWERS[figure["indicator"]]
    question = figure["indicator"]
    for house in ("_el_universal", "_parametria", "_uvm"):
        question = question.removesuffix(house)
    return question, figure["breakdown"].partition("=")[2] or "agree"


def test_mode_and_interviews_of_a_poll_are_stated_by_its_page(data_folder: Path, figures_folder: Path) -> None:
    """What is not stated by a figure of the same page is left empty, and every poll that is cited has its row."""
    figures = _text(figures_folder / "attitudes_narratives.csv").to_dict("records")
    quality = _text(data_folder / "compiled" / "poll_quality.csv").to_dict("records")
    for row in quality:
        if row["poll"] in READ_ELSEWHERE:
            continue
        of_page = [f for f in figures if (f["url"], f["publisher"]) == (row["url"], row["publisher"])]
        assert row["note"] in {f["note"] for f in of_page}
        if row["interviews"]:
            samples = {f["value"] for f in of_page if f["unit"] == "interviews"}
            assert row["interviews"] in samples or f"n={row['interviews']}" in row["note"]
        words = {"face_to_face": "face to face", "telephone": "telephone", "internet_panel": "internet panel"}
        stated = row["mode"] == "not_stated" or row["note"].startswith(words[row["mode"]])
        assert stated or MODE_OF_PAGE[row["poll"]] == row["mode"]
        assert row["margin"] == ""
    polls = {row["poll"] for row in _text(data_folder / "compiled" / "polls_period.csv").to_dict("records")}
    assert polls == {row["poll"] for row in quality} - READ_ELSEWHERE


def test_displacement_by_state_is_that_of_the_figures(data_folder: Path, figures_folder: Path) -> None:
    """State and body that counts are those of the figure; none is of a municipality, a cause or several years."""
    figures = _text(figures_folder / "internal_displacement.csv")
    known = {
        (row["value"], row["url"], row["period"], COUNTRY.normalise(row["geography"]), row["breakdown"])
        for row in figures.to_dict("records")
        if row["indicator"] in {"people_displaced_mass_episodes", "share_of_displaced"}
        and " and " not in row["geography"]
    }
    for row in _text(data_folder / "compiled" / "conflict_displacement_state_year.csv").to_dict("records"):
        breakdown = "source=PDH_Ibero" if row["source"] == "pdh_ibero" else ""
        assert (row["persons"] + row["percent"], row["url"], row["year"], row["state_code"], breakdown) in known


def test_impacts_are_those_of_the_figures(data_folder: Path, figures_folder: Path) -> None:
    """Indicator, disaster, place and date of the count are those of the figure, and no part of a state is taken."""
    figures = _text(figures_folder / "disasters_emergencies.csv")
    figures = figures[~figures["breakdown"].str.contains("municipality|age=|actor=")]
    known: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for figure in figures.to_dict("records"):
        known.setdefault((figure["indicator"], figure["value"], figure["url"], figure["geography"]), []).append(figure)
    places = {name: COUNTRY.normalise(name) for name in figures["geography"].unique() if name in KNOWN_PLACES}
    rows = _text(data_folder / "compiled" / "disaster_impacts.csv")
    for row in rows[rows["url"] != NAMED_IN_A_NOTE].to_dict("records"):
        value = row["people"] + row["houses"] + row["shelters"]
        (name,) = (name for name, code in places.items() if code == row["state_code"])
        (figure,) = known[row["indicator"], value, row["url"], name]
        kind, _, counted = figure["breakdown"].partition(";as_of=")
        assert kind.removesuffix(";status=later_count") == DISASTERS[row["event"]]
        assert row["hazard"] == kind.partition("=")[2].partition(";")[0]
        assert row["counted"] == counted or (not counted and row["counted"] in {row["published"], row["period_end"]})
        assert row["counted"] <= row["published"]


DTM_PLACES = {
    "tijuana": ["Baja California/Tijuana"],
    "suchiate": ["Chiapas/Suchiate"],
    "tapachula": ["Chiapas/Tapachula"],
    "juarez": ["Chihuahua/Ciudad Juárez"],
    "juarez_tijuana": ["Ciudad Juárez and Tijuana"],
    "northern_border": ["northern border (12 cities, 6 states)"],
    "five_cities": [
        "Tapachula, Ciudad Juárez, Tijuana, Mexicali and Ciudad de México",
        "Ciudad Juárez, Mexicali, Tijuana, Ciudad de México and Tapachula",
    ],
    "country": [""],
}


DAY_OF_JUAREZ = (
    "published 2026, day not stated; the same survey stood published on 7 February 2026 "
    "(https://whysomexico.com/news/migrants-stranded-in-ciudad-juarez-for-over-six-months-following-cbp-one-closure)"
)


def test_no_page_is_dated_after_it_was_read(data_folder: Path) -> None:
    """A year without a day is not the last day of a year that has not ended: such rows would be out of sight."""
    for table in ("dtm_rounds", "dtm_indicators"):
        rows = _text(data_folder / "compiled" / f"{table}.csv")
        assert rows["published"].max() == "2026-02-07"
        assert set(rows.loc[rows["published"] == "2026-02-07", "place"]) == {"juarez"}
        assert rows.loc[rows["published"] == "2026-02-07", "note"].str.endswith(DAY_OF_JUAREZ).all()


def test_each_answer_of_the_dtm_is_a_figure(data_folder: Path, figures_folder: Path) -> None:
    """Question, place, first day, answer, base, value, address, publisher and note are those of one figure."""
    known = {
        (
            figure["indicator"],
            figure["geography"].removeprefix("MEX").removeprefix("/"),
            *_answer_and_base(figure["breakdown"]),
            str("multiple answers" in figure["note"]).lower(),
            *(figure[column] for column in ("value", "url", "publisher", "note")),
        ): figure["period"].split("/")[0]
        for figure in _text(figures_folder / "dtm_mexico.csv").to_dict("records")
    }
    columns = ("answer", "base", "multiple_answers", "pct", "url", "publisher")
    for row in _text(data_folder / "compiled" / "dtm_indicators.csv").to_dict("records"):
        note = row["note"].removesuffix(DAY_OF_JUAREZ).removesuffix("; ")
        said = (*(row[column] for column in columns), note)
        starts = [known.get((row["indicator"], place, *said), "none") for place in DTM_PLACES[row["place"]]]
        assert any(row["period_start"].startswith(start) for start in starts), row
        assert "DOUBTFUL" not in row["note"]


def _answer_and_base(breakdown: str) -> tuple[str, str]:
    parts = dict(part.split("=") for part in breakdown.split(";") if part)
    base = parts.pop("base", "")
    return ";".join(parts.values()), base


def test_a_margin_of_error_stands_in_the_note_of_its_round(data_folder: Path) -> None:
    """Only a margin that the report states is given, and the day of the last interview only where the note says it."""
    rows = _text(data_folder / "compiled" / "dtm_rounds.csv").to_dict("records")
    stated = [row for row in rows if row["margin"]]
    assert stated
    for row in stated:
        words = f"margin of error {row['margin']} per cent at {row['confidence']} per cent confidence"
        assert row["note"].startswith(words)
    assert [row["last_interview"] for row in rows if "before the end of Title 42" in row["note"]] == ["2023-05-10"]
    assert sum(bool(row["last_interview"]) for row in rows) == 1


def test_first_releases_come_before_the_later_ones(data_folder: Path) -> None:
    """The releases of one figure are numbered from one, in the order in which they were published."""
    releases: dict[tuple[str, str, str], list[tuple[int, str]]] = {}
    for row in _text(data_folder / "compiled" / "revisions.csv").to_dict("records"):
        key = (row["series"], row["period_start"], row["period_end"])
        releases.setdefault(key, []).append((int(row["release"]), row["published"]))
    for found in releases.values():
        ordered = sorted(found)
        assert [number for number, _ in ordered] == list(range(1, len(ordered) + 1))
        assert [day for _, day in ordered] == sorted(day for _, day in ordered)


def test_trafficking_is_counted_in_the_scope_and_form_of_its_figure(data_folder: Path, figures_folder: Path) -> None:
    """Authority and form of exploitation of a row are those of one figure; 2016, whose parts do not add up, is out."""
    figures = _text(figures_folder / "trafficking_smuggling.csv")
    known = {(row["value"], row["url"], row["period"], row["breakdown"]) for row in figures.to_dict("records")}
    forms = {"sexual": ("sex", "sexual"), "begging": ("forced_begging",), "criminality": ("forced_criminality",)}
    table = _text(data_folder / "compiled" / "trafficking_counts_by_source.csv")
    assert "2016" not in set(table["year"])
    for row in table.to_dict("records"):
        level = "" if row["scope"] == "all" else f"level={row['scope']}"
        names = [""] if row["exploitation"] == "all" else forms.get(row["exploitation"], (row["exploitation"],))
        parts = {";".join(part for part in (level, name and f"exploitation={name}") if part) for name in names}
        assert any((row["victims"], row["url"], row["year"], part) in known for part in parts)


def test_smuggling_is_counted_in_the_state_of_its_figure(data_folder: Path, figures_folder: Path) -> None:
    """The files of a state are those of one figure on that state."""
    figures = _text(figures_folder / "trafficking_smuggling.csv")
    figures = figures[figures["indicator"] == "smuggling_investigations_fgr"]
    known = {(row["value"], row["url"], COUNTRY.normalise(row["geography"])) for row in figures.to_dict("records")}
    for row in _text(data_folder / "compiled" / "smuggling_fgr_state.csv").to_dict("records"):
        assert (row["files"], row["url"], row["state_code"]) in known
