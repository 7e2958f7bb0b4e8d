"""Words that lead to the branch `data` and its skills."""

from core.reference.skill_aliases.entry import SkillAliasesEntry

DATA_ALIASES: tuple[SkillAliasesEntry, ...] = (
    SkillAliasesEntry(
        "data",
        "",
        "analyst, statistics, numbers, data analyst, economist, mathematician",
        "datos, analista, números, matemáticas, estadística, economista",
        plain="math, mathematics, statistician, work with numbers",
    ),
    SkillAliasesEntry(
        "data-analysis",
        "Excel, SQL, Google Sheets",
        (
            "spreadsheets, pivot tables, Python, R, databases, Access, Microsoft Access, Access database, "
            "spreadsheets and databases, lists, reports, data analyst, business analyst, SPSS, Stata"
        ),
        "hojas de cálculo, análisis de datos, analizar datos, hacer tablas, analista de datos",
        plain=(
            "make spreadsheets, Excel sheets, Microsoft Excel, MS Excel, analyze data, analyze numbers, make tables"
        ),
    ),
    SkillAliasesEntry(
        "data-engineering",
        "dbt, BigQuery, Airflow",
        "ETL, Spark, data pipelines",
        "ingeniería de datos",
        plain="clean data, clean up data, merge files, load data",
    ),
    SkillAliasesEntry(
        "data-science",
        "Python, R, machine learning",
        "AI, modeling, statistics, pandas, data scientist, AI engineer",
        ("ciencia de datos, estadística, aprendizaje automático, científica de datos, científico de datos"),
        plain="predict results, forecasting, statistical models, algorithms",
    ),
    SkillAliasesEntry(
        "data-visualization",
        "Tableau, Power BI, Looker",
        "charts, dashboards, D3",
        "gráficas, visualización de datos, hacer gráficas, tableros",
        plain="make charts, make graphs, graphs, infographics, diagrams",
    ),
    SkillAliasesEntry(
        "web-analytics",
        "Google Analytics, Tag Manager",
        "A/B testing, conversion, Plausible",
        "analítica web",
        plain="website visitors, count clicks, website statistics, website traffic",
    ),
    SkillAliasesEntry(
        "survey-research",
        "Qualtrics, SurveyMonkey",
        ("polling, polls, questionnaires, opinion research, pollster, market researcher, Google Forms, Typeform"),
        "encuestas, sondeos, hacer encuestas, cuestionarios, encuestadora, encuestador",
        plain="surveys, write surveys, ask questions, opinion polls",
    ),
    SkillAliasesEntry(
        "mapping",
        "QGIS, ArcGIS",
        "GIS, maps, cartography, redistricting, cartographer",
        "mapas, cartografía, hacer mapas, cartógrafa, cartógrafo",
        plain="make maps, draw maps, geography, district maps",
    ),
)
