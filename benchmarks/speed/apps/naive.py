"""What an hour's work gives: four plotly express charts straight from the fact table. A yardstick."""

import os

import duckdb
import plotly.express as px
import streamlit as st


@st.cache_resource
def connect() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(os.environ["NAIVE_DATABASE"], read_only=True)


database = connect().cursor()
years = [
    row[0] for row in database.execute("SELECT DISTINCT fiscal_year FROM score ORDER BY 1 DESC").fetchall()
]
places = database.execute("SELECT iso, name_th FROM province ORDER BY name_th").fetchall()
names = {"all": "ทุกจังหวัด"} | dict(places)
year = st.sidebar.selectbox("ปีงบประมาณ", years)
place = st.sidebar.selectbox("จังหวัด", list(names), format_func=names.__getitem__)
chosen = {"place": place}

overall = database.execute(
    """SELECT s.fiscal_year, s.value, y.type, o.province_iso FROM score AS s
    JOIN organisation AS o ON o.organisation_id = s.organisation_id
    JOIN organisation_year AS y ON y.organisation_id = s.organisation_id AND y.fiscal_year = s.fiscal_year
    WHERE s.part = 'overall' AND $place IN ('all', o.province_iso)""",
    chosen,
).df()
parts = database.execute(
    """SELECT s.part, AVG(s.value) AS mean FROM score AS s
    JOIN organisation AS o ON o.organisation_id = s.organisation_id
    JOIN part AS p ON p.fiscal_year = s.fiscal_year AND p.code = s.part
    WHERE s.fiscal_year = $year AND p.level = 'indicator' AND s.respondents = 'all'
        AND $place IN ('all', o.province_iso)
    GROUP BY s.part, p.position ORDER BY p.position""",
    chosen | {"year": year},
).df()
now = overall[overall["fiscal_year"] == year]
means = overall.groupby(["fiscal_year", "type"], as_index=False)["value"].mean()
st.plotly_chart(px.histogram(now, x="value", color="type", nbins=50), key="histogram")
st.plotly_chart(px.box(overall, x="fiscal_year", y="value", points=False), key="box")
st.plotly_chart(px.bar(parts, x="part", y="mean"), key="parts")
st.plotly_chart(px.line(means, x="fiscal_year", y="value", color="type", markers=True), key="types")
