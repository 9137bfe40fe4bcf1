"""Reads the users of a dataset with one library, by folder, glob and single file.

Prints for each way the number of rows and a hash over all values as debr prints them.
"""

import datetime
import decimal
import glob
import hashlib
import json
import sys
import uuid

READER, TABLES = sys.argv[1], sys.argv[2]
FOLDER = f"{TABLES}/users"
WAYS = {
    "folder": FOLDER,
    "glob": f"{FOLDER}/*.parquet",
    "file": f"{FOLDER}/part-00001.parquet",
}


def printed(name, value):
    if isinstance(value, uuid.UUID):
        return str(value)
    if name == "user_id":
        # Text, or bytes without the trailing zeros, which numpy drops.
        return value if len(value) == 36 else str(uuid.UUID(bytes=bytes(value).ljust(16, b"\0")))
    if isinstance(value, datetime.datetime):
        return value.isoformat(timespec="milliseconds").removesuffix("+00:00")
    if isinstance(value, (decimal.Decimal, float)):
        return f"{value:.4f}"
    return int(value) if name == "street_number" else str(value)


def of_arrow(table):
    return table.to_pylist()


def of_pandas(frame):
    return frame.to_dict("records")


def pyarrow(way):
    import pyarrow.dataset as dataset

    return of_arrow(dataset.dataset(glob.glob(way) if "*" in way else way, format="parquet").to_table())


def pandas(way):
    import pandas

    # pandas opens folders and files but no globs.
    paths = glob.glob(way) if "*" in way else [way]
    return of_pandas(pandas.concat(pandas.read_parquet(path) for path in paths))


def polars(way):
    import polars

    return polars.read_parquet(way).to_dicts()


def duckdb(way):
    import duckdb

    way = f"{way}/*" if way == FOLDER else way
    return of_arrow(duckdb.sql(f"from read_parquet('{way}')").to_arrow_table())


def datafusion(way):
    import datafusion

    context = datafusion.SessionContext()
    return context.read_parquet(f"{way}/" if way == FOLDER else way).to_pylist()


def fastparquet(way):
    import pandas
    from fastparquet import ParquetFile

    # Opens files one by one, because fastparquet loses a text column that has a dictionary only in the
        # first of several files.
    paths = sorted(glob.glob(f"{way}/*" if way == FOLDER else way))
    return of_pandas(pandas.concat(ParquetFile(path).to_pandas() for path in paths))


def chdb(way):
    import chdb

    way = f"{way}/*" if way == FOLDER else way
    rows = chdb.query(f"select * from file('{way}', Parquet)", "JSONEachRow").bytes()
    return [{**row, **moments(row)} for row in map(json.loads, rows.splitlines())]


def moments(row):
    names = ("date_of_birth", "registered_at")
    return {name: datetime.datetime.fromisoformat(row[name]) for name in names}


def daft(way):
    import daft

    return daft.read_parquet(way).to_pylist()


def spark(way):
    from pyspark.sql import SparkSession

    session = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
    session = session.config("spark.driver.bindAddress", "127.0.0.1")
    session = session.config("spark.driver.host", "127.0.0.1")
    session = session.config("spark.sql.session.timeZone", "UTC").getOrCreate()
    # Spark has no UUID type, so the schema declares the bytes.
    schema = ", ".join(
        f"{name} {kind}" for name, kind in json.loads(sys.argv[3])
    )
    return [row.asDict() for row in session.read.schema(schema).parquet(way).collect()]


def summary(rows):
    lines = sorted(
        json.dumps([printed(name, value) for name, value in row.items()], ensure_ascii=False)
        for row in rows
    )
    return f"{len(lines)} {hashlib.sha256(chr(10).join(lines).encode()).hexdigest()}"


found = {}
for name, way in WAYS.items():
    try:
        found[name] = summary(globals()[READER](way))
    except Exception as error:  # The result of this way; the others still run.
        found[name] = f"{type(error).__name__}: {error}"[:300]
json.dump(found, sys.stdout)
