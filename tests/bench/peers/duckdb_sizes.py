"""Rewrites debr's tables with DuckDB's Parquet writer and zstd and prints their sizes as JSON.

python duckdb_sizes.py TABLES OUT
"""

import json
import os
import sys

import duckdb

source, out = sys.argv[1:]
os.makedirs(out, exist_ok=True)
sizes = {}
for name in ["users", "logins", "altids", "media", "timezones", "countries"]:
    path = f"{out}/{name}.parquet"
    duckdb.execute(
        f"copy (from '{source}/{name}/*.parquet') to '{path}' (format parquet, compression zstd)"
    )
    sizes[name] = os.path.getsize(path)
print(json.dumps(sizes))
