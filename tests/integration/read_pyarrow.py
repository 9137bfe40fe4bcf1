"""Reads the tables of a dataset with pyarrow and prints them as JSON, with values as debr prints them."""

import json
import pathlib
import sys
import uuid

import pyarrow.parquet as parquet


def printed(value):
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, bytes):
        return str(uuid.UUID(bytes=value))
    if hasattr(value, "isoformat"):
        return value.isoformat(timespec="milliseconds") + "Z"
    return value if isinstance(value, int) else str(value)


tables = {}
for folder in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    if folder.is_dir() and not folder.name.startswith("."):
        rows = tables[folder.name] = []
        for part in sorted(folder.glob("*.parquet")):
            for row in parquet.ParquetFile(part).read().to_pylist():
                rows.append({name: printed(value) for name, value in row.items()})
json.dump(tables, sys.stdout)
