"""DuckDB: its JSON reader with declared types, its Parquet writer, six tables, no validation.

python duckdb_json.py PAGES OUT          the API's own pages
python duckdb_json.py PEOPLE.ndjson OUT  one person per line, DuckDB's best case
"""

import os
import sys

import duckdb

PERSON = {
    "gender": "VARCHAR",
    "name": 'STRUCT(title VARCHAR, "first" VARCHAR, "last" VARCHAR)',
    "location": """STRUCT(street STRUCT("number" INTEGER, "name" VARCHAR), city VARCHAR,
        "state" VARCHAR, country VARCHAR, postcode VARCHAR,
        coordinates STRUCT(latitude DOUBLE, longitude DOUBLE),
        timezone STRUCT("offset" VARCHAR, description VARCHAR))""",
    "email": "VARCHAR",
    "login": "STRUCT(uuid UUID, username VARCHAR, sha256 VARCHAR)",
    "dob": 'STRUCT("date" TIMESTAMP, age INTEGER)',
    "registered": 'STRUCT("date" TIMESTAMP, age INTEGER)',
    "phone": "VARCHAR",
    "cell": "VARCHAR",
    "id": 'STRUCT("name" VARCHAR, "value" VARCHAR)',
    "picture": 'STRUCT("large" VARCHAR, medium VARCHAR, thumbnail VARCHAR)',
    "nat": "VARCHAR",
}

TABLES = {
    "users": """u.login.uuid, u.gender, u.name.title, u.name.first, u.name.last, u.email,
        u.dob.date dob, u.registered.date registered, u.phone, u.cell, u.location.street.number,
        u.location.street.name street, u.location.city, u.location.state, u.nat,
        u.location.postcode, u.location.coordinates.latitude, u.location.coordinates.longitude,
        u.location.timezone.offset tz""",
    "logins": "u.login.uuid, u.login.username, u.login.sha256",
    "media": "u.login.uuid, u.picture.large, u.picture.medium, u.picture.thumbnail",
    "altids": "u.login.uuid, u.id.name, u.id.value",
    "timezones": "distinct u.location.timezone.offset, u.location.timezone.description",
    "countries": "distinct u.nat, u.location.country",
}

source, out = sys.argv[1:]
os.makedirs(out, exist_ok=True)
db = duckdb.connect()
if source.endswith(".ndjson"):
    columns = ", ".join(f"'{name}': '{kind}'" for name, kind in PERSON.items())
    people = f"""select u from read_json('{source}', format='newline_delimited',
        columns={{{columns}}}) u"""
else:
    struct = ", ".join(f'"{name}" {kind}' for name, kind in PERSON.items())
    people = f"""select unnest(results) u from read_json('{source}/*.json',
        maximum_object_size=100000000, columns={{results: 'STRUCT({struct})[]'}})"""
db.execute(f"create temp table people as {people}")
for name, columns in TABLES.items():
    query = f"select {columns} from people"
    db.execute(f"copy ({query}) to '{out}/{name}.parquet' (format parquet, compression zstd)")
print(db.execute("select count(*) from people").fetchone()[0])
