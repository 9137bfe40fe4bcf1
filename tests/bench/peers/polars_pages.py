"""Polars: pages read and flattened by its Rust engine into six tables, no validation.

python polars_pages.py PAGES OUT
"""

import functools
import glob
import json
import os
import sys

import polars as pl

source, out = sys.argv[1:]
os.makedirs(out, exist_ok=True)
frames = []
for path in sorted(glob.glob(source + "/*.json")):
    with open(path) as file:
        rows = json.load(file)["results"]
    for row in rows:
        row["location"]["postcode"] = str(row["location"]["postcode"])
    frames.append(pl.DataFrame(rows, infer_schema_length=None))
people = pl.concat(frames, how="vertical_relaxed")


def field(*path):
    return functools.reduce(lambda value, key: value.struct.field(key), path[1:], pl.col(path[0]))


def moment(name):
    return field(name, "date").str.to_datetime("%Y-%m-%dT%H:%M:%S%.3fZ").alias(name)


def location(*path):
    return field("location", *path)


TABLES = {
    "users": people.select(
        field("login", "uuid"), "gender", field("name", "title"), field("name", "first"),
        field("name", "last"), "email", moment("dob"), moment("registered"), "phone", "cell",
        location("street", "number"), location("street", "name").alias("street"),
        location("city"), location("state"), "nat", location("postcode"),
        location("coordinates", "latitude").cast(pl.Float64),
        location("coordinates", "longitude").cast(pl.Float64), location("timezone", "offset"),
    ),
    "logins": people.select(
        field("login", "uuid"), field("login", "username"), field("login", "sha256")
    ),
    "media": people.select(
        field("login", "uuid"), field("picture", "large"), field("picture", "medium"),
        field("picture", "thumbnail"),
    ),
    "altids": people.select(field("login", "uuid"), field("id", "name"), field("id", "value")),
    "timezones": people.select(
        location("timezone", "offset"), location("timezone", "description")
    ).unique(),
    "countries": people.select("nat", location("country")).unique(),
}
for name, table in TABLES.items():
    table.write_parquet(f"{out}/{name}.parquet")
print(people.height)
