# ruff: noqa: E402  # the cells of a notebook, run by a kernel and never imported
"""The report that is measured: a small but whole briefing, about a second of cells. `# %% NAME` begins a cell."""

# %% parameters
language: str = "es"  # one of: es, en
as_of: str = "2026-06-30"  # data published by this date, from 2022-12-31
geography: str = "MEX"  # one of: MEX, states

# %% setup
import pandas as pd

from analysis import Briefing, KeyFigure, charts, claim, text
from analysis.values.measures import change, share, top

BACK = 0  # years before the last one: each copy is about another year

b = Briefing(
    number=99,
    title=text(es="Informe de prueba", en="Benchmark report"),
    scope=text(es="Asilo, niñez, muertes, remesas", en="Asylum, children, deaths, remittances"),
    language=language,
    as_of=as_of,
    geography=geography,
)
b.cover()

# %% claims
claims = b.table("asylum_claims_year")
year = claims.years[-1 - BACK]
since = year - 12
received, received_before = claims.total(year=year), claims.total(year=year - 1)
by_year = claims.series("year").loc[since:year]
peak_year = int(by_year.idxmax())
peak = claims.total(year=peak_year)
by_country = claims.pivot(index="year", columns="nationality").loc[since:year].fillna(0)
eight = list(top(by_country.loc[year], 8).index)
first_claims = claims.total(year=year, nationality=eight[0])

# %% decisions
decisions = b.table("asylum_decisions_year")
outcome_names = {
    "recognised": b.pick("Reconocidas", "Recognised"),
    "rejected": b.pick("No reconocidas", "Rejected"),
    "closed": b.pick("Cerradas", "Closed"),
}
decided_year = decisions.years[-1 - BACK]
outcomes = pd.DataFrame({name: decisions.series("year", column) for column, name in outcome_names.items()})
outcomes = outcomes.loc[decided_year - 7 : decided_year]
recognised = decisions.total("recognised", year=decided_year)

# %% minors
minors = b.table("minors_events_month")
age_names = {"0-11": b.pick("0 a 11 años", "0 to 11 years"), "12-17": b.pick("12 a 17 años", "12 to 17 years")}
by_age = minors.pivot(index="month", columns="age_group").rename(columns=age_names)
by_age = by_age.iloc[: len(by_age) - 6 * BACK]
last_month = by_age.index[-1]
peak_month = by_age.sum(axis=1).idxmax()

# %% deaths
causes = b.table("migrant_deaths_cause_year")
cause_names = {
    "drowning": b.pick("Ahogamiento", "Drowning"),
    "hazardous_transport": b.pick("Vehículos y transporte", "Vehicles and transport"),
    "violence": b.pick("Violencia", "Violence"),
    "harsh_conditions": b.pick("Condiciones extremas", "Harsh conditions"),
}
deaths_year = causes.years[-1 - BACK]
by_cause = causes.pivot(index="year", columns="cause").fillna(0).loc[:deaths_year, list(cause_names)]
died = causes.total(year=deaths_year)

# %% remittances
states = b.table("remittances_state_year")
state_year = states.years[-1 - BACK]
per_inhabitant = states.series("state_code", "usd_per_inhabitant", year=state_year)
richest, poorest = per_inhabitant.idxmax(), per_inhabitant.idxmin()
inflow, inflow_before = (states.total("inflow_musd", year=y) for y in (state_year, state_year - 1))

# %% headline
b.headline(
    claim(
        when=received < received_before,
        es="En {year} se presentaron {received} solicitudes de asilo, menos que las {before} del año anterior.",
        en="In {year}, {received} asylum claims were lodged, fewer than the {before} of the year before.",
        neutral_es="En {year} se presentaron {received} solicitudes de asilo; el año anterior, {before}.",
        neutral_en="In {year}, {received} asylum claims were lodged; the year before, {before}.",
        year=year,
        received=received,
        before=received_before,
    ),
    text(
        es="La mayor parte, {part}, es de {people}. El máximo es el de {peak_year}, con {peak}.",
        en="The largest share, {part}, was made by {people}. The highest year is {peak_year}, with {peak}.",
        part=share(first_claims, received),
        people=b.people(eight[0]),
        peak_year=peak_year,
        peak=peak,
    ),
)

# %% key-figures
b.key_figures(
    KeyFigure(
        value=received,
        label=text(es="solicitudes de asilo, {year}", en="asylum claims, {year}", year=year),
        before=received_before,
        spark=by_year,
        tables=[claims],
    ),
    KeyFigure(
        value=recognised,
        label=text(es="personas reconocidas, {year}", en="people recognised, {year}", year=decided_year),
        before=decisions.total("recognised", year=decided_year - 1),
        spark=outcomes[outcome_names["recognised"]],
        tables=[decisions],
    ),
    KeyFigure(
        value=died,
        label=text(
            es="personas fallecidas o desaparecidas, {year}", en="people dead or missing, {year}", year=deaths_year
        ),
        before=causes.total(year=deaths_year - 1),
        spark=by_cause.sum(axis=1),
        tables=[causes],
    ),
    KeyFigure(
        value=inflow,
        label=text(
            es="millones de dólares en remesas, {year}", en="million USD of remittances, {year}", year=state_year
        ),
        before=inflow_before,
        spark=states.series("year", "inflow_musd").loc[:state_year],
        tables=[states],
    ),
    note=text(es="Minigráficas: por año.", en="Small charts: by year."),
)

# %% chart-claims
b.chart(
    lambda width: charts.bars(by_year, language=b.language, width=width),
    title=text(
        es="De {first} solicitudes en {since} a {last} en {year}",
        en="From {first} claims in {since} to {last} in {year}",
        first=claims.total(year=since),
        since=since,
        last=received,
        year=year,
    ),
    subtitle=text(es="Solicitudes de asilo en México por año", en="Asylum claims in Mexico by year"),
    alt=text(
        es="Barras por año, {since}–{year}: un máximo de {peak} solicitudes en {peak_year} y {last} en {year}, después "
        "de {before} el año anterior.",
        en="Bars by year, {since}–{year}: a peak of {peak} claims in {peak_year} and {last} in {year}, after "
        "{before} the year before.",
        before=received_before,
        peak=peak,
        peak_year=peak_year,
        last=received,
        since=since,
        year=year,
    ),
    tables=[claims],
    data=by_year.to_frame(b.pick("Solicitudes", "Claims")).rename_axis(b.pick("Año", "Year")),
)

# %% section-asylum
b.section(text(es="Solicitudes y decisiones", en="Claims and decisions"))

# %% pair
others = (b.pick("Otras", "Others"), float(by_country.loc[year].drop(eight).sum()))
ranked = pd.Series({b.country(code): by_country.loc[year, code] for code in eight})

ranked_chart = b.chart(
    lambda width: charts.ranked_bars(ranked, language=b.language, width=width, highlight=1, other=others),
    width="half",
    title=text(es="Las ocho nacionalidades con más", en="The eight nationalities with most"),
    subtitle=text(
        es="Solicitudes de asilo por nacionalidad, {year}", en="Asylum claims by nationality, {year}", year=year
    ),
    alt=text(
        es="Barras ordenadas por nacionalidad, {year}: {first} {n} y {second} {m}, de {all} solicitudes en el país.",
        en="Ranked bars by nationality, {year}: {first} {n} and {second} {m}, of {all} claims in the whole country.",
        year=year,
        first=b.country(eight[0]),
        n=first_claims,
        second=b.country(eight[1]),
        m=claims.total(year=year, nationality=eight[1]),
        all=received,
    ),
    tables=[claims],
    data=pd.concat([ranked, pd.Series(dict([others]))])
    .to_frame(b.pick("Solicitudes", "Claims"))
    .rename_axis(b.pick("Nacionalidad", "Nationality")),
)
outcomes_chart = b.chart(
    lambda width: charts.stacked_bars(outcomes, unit=b.pick("personas", "persons"), language=b.language, width=width),
    width="half",
    title=text(es="Solicitudes concluidas", en="Claims concluded"),
    subtitle=text(es="Por resultado, hasta {year}", en="By outcome, up to {year}", year=decided_year),
    alt=text(
        es="Barras apiladas por año y resultado. En {year}: {recognised} personas reconocidas, {rejected} no "
        "reconocidas y {closed} solicitudes cerradas.",
        en="Stacked bars by year and outcome. In {year}: {recognised} people recognised, {rejected} rejected and "
        "{closed} claims closed.",
        rejected=decisions.total("rejected", year=decided_year),
        closed=decisions.total("closed", year=decided_year),
        year=decided_year,
        recognised=recognised,
    ),
    tables=[decisions],
    data=outcomes.rename_axis(b.pick("Año", "Year")),
)
b.pair(ranked_chart, outcomes_chart)


# %% table
def row(name, **where):
    """Claims of the last years, the change, and the share of the last."""
    values = [claims.total(year=y, **where) for y in (year - 2, year - 1, year)]
    return [name, *values, change(values[-1], values[-2]), share(values[-1], received)]


b.chart_table(
    title=text(es="Solicitudes por nacionalidad", en="Claims by nationality"),
    head=[
        b.pick("Nacionalidad", "Nationality"),
        *(str(y) for y in (year - 2, year - 1, year)),
        b.pick("Cambio", "Change"),
        b.pick("Parte", "Share"),
    ],
    rows=[*(row(b.country(code), nationality=code) for code in eight), row("Total")],
    formats=["", "", "", "", "+ 0", ""],
    emphasis=3,
    total=True,
    tables=[claims],
)

# %% section-others
b.section(text(es="Niñez, muertes y remesas", en="Children, deaths and remittances"))

# %% chart-minors
b.chart(
    lambda width: charts.stacked_area(
        by_age,
        unit=b.pick("eventos", "events"),
        language=b.language,
        width=width,
        preliminary_from=minors.preliminary_from,
    ),
    title=text(es="Eventos de niñez migrante por mes", en="Events involving migrant children by month"),
    subtitle=text(
        es="Eventos por grupo de edad, hasta {last_month}",
        en="Events by age group, up to {last_month}",
        last_month=b.period(f"{last_month:%Y-%m}"),
    ),
    alt=text(
        es="Áreas apiladas por mes en dos grupos de edad, hasta {month}: un máximo de {peak} eventos y {last} en el "
        "último mes.",
        en="Stacked areas by month in two age groups, up to {month}: a peak of {peak} events, and {last} in the last "
        "month.",
        peak=minors.total(month=f"{peak_month:%Y-%m}"),
        last=minors.total(month=f"{last_month:%Y-%m}"),
        month=b.period(f"{last_month:%Y-%m}"),
    ),
    tables=[minors],
    data=by_age.rename_axis(b.pick("Mes", "Month")),
)

# %% chart-causes
b.chart(
    lambda width: charts.small_multiples(
        by_cause.rename(columns=cause_names),
        language=b.language,
        width=width,
        key=b.pick("Personas en el año", "People in the year"),
    ),
    title=text(es="Personas fallecidas o desaparecidas, por causa", en="People dead or missing, by cause"),
    subtitle=text(es="Personas por año, hasta {year}", en="People by year, up to {year}", year=deaths_year),
    alt=text(
        es="Gráficas de barras, una por causa, de personas por año. En {year} fueron {died} por todas las causas; "
        "{drowned} se ahogaron.",
        en="Bar charts, one a cause, of people by year. In {year} there were {died} of all causes; {drowned} of them "
        "drowned.",
        drowned=causes.total(year=deaths_year, cause="drowning"),
        year=deaths_year,
        died=died,
    ),
    tables=[causes],
    data=by_cause.rename(columns=cause_names).rename_axis(b.pick("Año", "Year")),
)

# %% chart-states
b.chart(
    lambda width: charts.tile_map(
        per_inhabitant.round(),
        language=b.language,
        breaks=(1, 200, 400, 600, 800),
        width=width,
        highlight=None if b.country_wide else geography,
    ),
    title=text(es="Remesas por habitante", en="Remittances per inhabitant"),
    subtitle=text(es="Dólares por habitante, {year}", en="US dollars per inhabitant, {year}", year=state_year),
    alt=text(
        es="Mapa de cuadros, uno por entidad, {year}. El valor más alto por habitante es el de {richest}; "
        "el más bajo, el de {poorest}.",
        en="Tile map, one tile a state, {year}. The highest value per inhabitant is that of {richest}, the lowest that "
        "of {poorest}.",
        year=state_year,
        richest=b.state(richest),
        poorest=b.state(poorest),
    ),
    tables=[states],
    data=per_inhabitant.round()
    .rename(b.state)
    .to_frame(b.pick("Dólares por habitante", "US dollars per inhabitant"))
    .rename_axis(b.pick("Entidad", "State")),
)

# %% caution
b.caution(
    text(es="Solicitar no es obtener", en="To claim is not to obtain"),
    text(
        es="Una solicitud abre un procedimiento; no dice cómo termina ni si la persona sigue en el país.",
        en="A claim opens a procedure; it says neither how it ends nor whether the person is still in the country.",
    ),
)

# %% sources
b.sources()
