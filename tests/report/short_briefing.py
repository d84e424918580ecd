"""A whole briefing in little: what an author writes, and nothing else."""

import seaborn as sns

from analysis import Briefing, column, derived, figure, metric, name, say

language, as_of, geography = "es", "2026-06-30", "MEX"

b = Briefing(
    number=5,
    title=say(es="Quién pide asilo", en="Who claims asylum"),
    scope=say(
        es="Solicitudes, decisiones, muertes y desapariciones", en="Claims, decisions, deaths and disappearances"
    ),
    language=language,
    as_of=as_of,
    geography=geography,
)
b.cover()

# What is measured.
claims, decided = b.table("asylum_claims_year"), b.table("asylum_decisions_year")
received = metric(claims)
favourable = metric(decided, "recognised") + metric(decided, "complementary")
rate = favourable / (favourable + metric(decided, "rejected"))
first = received.top("nationality", 1)[0]
of_first = received.only(nationality=first)
share = of_first / received
by_state = metric(b.table("migrant_deaths_state_period")).by("state_code")
placed = {code: part for code, part in by_state.items() if code != "unknown"}

# Front page.
b.headline(
    say(
        es="De las solicitudes de asilo de {received.year}, {share:fraction} son de {first:people}.",
        en="Of the asylum claims of {received.year}, {share:fraction} are by {first:people}.",
    ),
    say(
        when=received.fell,
        es="Las solicitudes bajaron {received.moved:size}, de {received.before} a {received}.",
        en="Claims fell by {received.moved:size}, from {received.before} to {received}.",
        otherwise_es="Hubo {received} solicitudes; un año antes, {received.before}.",
        otherwise_en="There were {received} claims; a year before, {received.before}.",
    ),
)
b.key_figures(
    figure(received, es="solicitudes de asilo", en="asylum claims"),
    figure(of_first, es="solicitudes de {first:people}", en="claims by {first:people}"),
    figure(share, es="de las solicitudes son de {first:people}", en="of claims are by {first:people}"),
    figure(rate, es="de las decisiones de fondo fueron favorables", en="of decisions on the merits were favourable"),
)

# Charts and a table.
b.lines(
    received.by("nationality", top=4),
    since=2015,
    peaks=3,
    title=say(es="{first} pasó al primer lugar", en="{first} moved to first place"),
)
ranked = b.ranked(
    received.by("nationality", top=8),
    title=say(es="Ocho nacionalidades", en="Eight nationalities"),
    subtitle=say(es="Solicitudes de asilo por nacionalidad", en="Asylum claims by nationality"),
)
tiles = b.tiles(
    placed,
    breaks=[1, 10, 25, 100, 250],
    title=say(es="Muertes y desapariciones", en="Deaths and disappearances"),
    subtitle=say(es="Personas por entidad", en="People by state"),
)
b.pair(ranked, tiles)

people = {**received.by("nationality", top=6), name("Total"): received}
b.grid(
    column(
        {who: part.before for who, part in people.items()}, es="{received.before.year}", en="{received.before.year}"
    ),
    column(people, es="{received.year}", en="{received.year}"),
    column({who: part.moved for who, part in people.items()}, es="Cambio", en="Change", spec="+ 0"),
    column({who: part / received for who, part in people.items()}, es="Parte", en="Share", spec="0"),
    title=say(es="Solicitudes por nacionalidad", en="Claims by nationality"),
    total=True,
)

# A drawing of one's own.
wide = claims.pivot("year", "nationality").loc[2015:, ["CUB", "HND", "HTI"]].rename(columns=b.country)
spread = wide.max().max() - wide.min().min()
between = derived(
    float(spread), unit="persons", of=[received], how="highest less lowest of three nationalities since 2015"
)
b.plot(
    lambda ax: sns.violinplot(data=wide, cut=0, ax=ax).set(
        xlabel="", ylabel=b.label("Solicitudes al año", "Claims a year")
    ),
    data=wide.rename_axis(b.label("Año", "Year")),
    tables=[claims],
    title=say(es="Los años difieren más que los países", en="Years differ more than countries"),
    subtitle=say(es="Solicitudes al año de tres nacionalidades", en="Claims a year of three nationalities"),
    alt=say(
        es="Un violín por nacionalidad, con las solicitudes de cada año; del año más alto al más bajo hay {between}.",
        en="A violin a nationality, with the claims of each year; the highest year is {between} above the lowest.",
    ),
)

b.caution(
    say(es="Solicitar no es obtener", en="To claim is not to obtain"),
    say(es="Una solicitud abre un procedimiento.", en="A claim opens a procedure."),
)
b.method(calculation=[], limits=[say(es="Años recientes. Se corrigen.", en="Recent years. They are revised.")])
b.sources()
