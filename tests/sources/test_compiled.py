"""The compiled tables against the figures that they were typed in from."""

import calendar
from pathlib import Path

import pandas as pd
import pytest

from analysis.places import normalise

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
        "repatriation_of_mexicans.csv context_irregular_flows_crosscheck.csv",
        ["repatriation_of_mexicans_from_us", "returns_of_mexicans_from_usa"],
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
        "mex_migrant_minors_events.csv",
        ["irregular_migration_events_minors"],
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
]
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


def _in_unit(figure: dict[str, str], column: str) -> str:
    """Return the value of a figure as the column has it: persons become millions of persons."""
    if column == "million" and figure["unit"] == "persons":
        return format(int(figure["value"]) / 1_000_000, ".12g")
    return figure["value"]


@pytest.mark.parametrize(("table", "files", "indicators", "value"), FLOWS)
def test_each_row_of_the_flow_reports_is_a_figure(
    table: str, files: str, indicators: list[str], value: str, data_folder: Path, figures_folder: Path
) -> None:
    """Value, address, publisher, end of the period, note and breakdown of each row are those of one figure."""
    figures = pd.concat([_text(figures_folder / name) for name in files.split()])
    figures = figures[figures["indicator"].isin(indicators)]
    known: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for figure in figures.to_dict("records"):
        key = (_in_unit(figure, value), figure["url"], figure["publisher"], _last_day(figure["period"]))
        known.setdefault(key, []).append(figure)
    for row in _text(data_folder / "compiled" / f"{table}.csv").to_dict("records"):
        number = "".join(row[column] for column in value.split())  # each row has one of the columns of values
        same = known[number, row["url"], row["publisher"], _end(row)]
        assert any(figure["note"] == row["note"] and _same_part(figure, row) for figure in same)


def _same_part(figure: dict[str, str], row: dict[str, str]) -> bool:
    """Whether the breakdown of a figure (a state, a sex, a nationality or none) is that of a row."""
    if "category" not in row:
        return True
    kind, _, name = figure["breakdown"].partition("=")
    if kind in ("state", ""):
        here = "state_code" not in row or row["state_code"] == normalise(name or figure["geography"])
        return row["category"] == "total" and here
    return (row["breakdown"], row["category"]) == (kind, "OOO" if name == "OTH" else name)


def test_age_and_company_of_minors_are_those_of_the_figures(data_folder: Path, figures_folder: Path) -> None:
    """A count of children of one age, or of those without company, never stands for another."""
    figures = _text(figures_folder / "mex_migrant_minors_events.csv")
    known = {(row["value"], row["url"], row["breakdown"]) for row in figures.to_dict("records")}
    for row in _text(data_folder / "compiled" / "minors_events_published_period.csv").to_dict("records"):
        alone = ";unaccompanied=yes" if row["company"] == "unaccompanied" else ""
        assert (row["events"], row["url"], f"age={row['age_group']}{alone}") in known


def test_covid_counts_are_those_of_their_indicator_and_place(data_folder: Path, figures_folder: Path) -> None:
    """Cases, deaths and persons studied are never exchanged, nor the country and a state."""
    figures = _text(figures_folder / "health_migrants.csv")
    known = {
        (row["value"], row["indicator"].split("_")[1], normalise(row["geography"]), row["period"])
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
        (row["value"], row["url"], normalise(row["geography"]), row["breakdown"].partition("=")[2])
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
