"""dlt: nested JSON normalised into relational Parquet files on a filesystem destination.

python dlt_pages.py PAGES OUT
"""

import glob
import json
import os
import sys

os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"
os.environ["NORMALIZE__WORKERS"] = str(os.cpu_count())

import dlt  # noqa: E402: reads its settings when it is imported

source, out = sys.argv[1], os.path.abspath(sys.argv[2])


@dlt.resource(name="users", max_table_nesting=2)
def users():
    for path in sorted(glob.glob(source + "/*.json")):
        with open(path) as file:
            yield json.load(file)["results"]


if __name__ == "__main__":
    os.makedirs(out, exist_ok=True)
    pipeline = dlt.pipeline(
        "peer",
        pipelines_dir=out + "/.dlt",
        destination=dlt.destinations.filesystem("file://" + out),
        dataset_name="d",
    )
    pipeline.run(users(), loader_file_format="parquet")
    print(pipeline.last_trace.last_normalize_info.row_counts["users"])
