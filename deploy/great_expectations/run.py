"""Evaluates the expectations of `deno task check` on debr's tables with Great Expectations.

    python3 -m venv venv
    venv/bin/pip install -r deploy/great_expectations/requirements.txt
    venv/bin/python deploy/great_expectations/run.py --data data

Exit code, as of `deno task check`: 0 the data is good; 5 an expectation of severity critical
failed; 1 the check itself could not run. It prints names, verdicts and counts, but no values.
"""

import argparse
import json
import os
import sys
from pathlib import Path

os.environ["GX_ANALYTICS_ENABLED"] = "false"

import great_expectations as gx  # noqa: E402
import pandas as pd  # noqa: E402
import pyarrow as pa  # noqa: E402
import pyarrow.parquet as pq  # noqa: E402

SUITE = Path(__file__).parent / "suite.json"
DONE, FAULT, DATA = 0, 1, 5


def read_tables(data, names):
    """Read Arrow tables by name; files that start with a dot or underscore are not data."""
    tables = {}
    for name in names:
        parts = sorted(Path(data, "tables", name).glob("[!._]*.parquet"))
        if not parts:
            sys.exit(fault(f"Cannot read dataset: no Parquet file in {data}/tables/{name}"))
        tables[name] = pa.concat_tables(pq.read_table(part) for part in parts)
    return tables


def fault(message):
    print(f"Error: {message}", file=sys.stderr)
    return FAULT


def frame_of(table):
    """Convert a table: UUIDs become text, decimals numbers, timestamps also milliseconds."""
    frame = table.to_pandas()
    for field in table.schema:
        column = frame[field.name]
        if str(field.type) == "extension<arrow.uuid>":
            frame[field.name] = column.map(str, na_action="ignore")
        elif pa.types.is_decimal(field.type):
            frame[field.name] = column.astype(float)
        elif pa.types.is_timestamp(field.type):
            if field.type.tz is not None:
                column = frame[field.name] = column.dt.tz_convert("UTC").dt.tz_localize(None)
            ms = column.astype("datetime64[ms]").astype("int64").astype(float)
            frame[f"{field.name} in ms"] = ms.where(column.notna())
    return frame


def schema_frame(tables):
    """Return one row with the Arrow type of every column, or of the values of a dictionary."""
    types = {
        f"{name}.{field.name}": str(getattr(field.type, "value_type", field.type))
        for name, table in tables.items()
        for field in table.schema
    }
    return pd.DataFrame([types])


def parameters_of(suites, frames):
    """Return what suites need from other tables: `users_rows`, or the values of a column."""
    parameters = {
        value["$PARAMETER"]
        for suite in suites.values()
        for expectation in suite["expectations"]
        for value in expectation["kwargs"].values()
        if isinstance(value, dict) and "$PARAMETER" in value
    }
    known = {}
    for parameter in parameters:
        table, what = parameter.split("_", 1)
        frame = frames[table]
        if what == "rows":
            known[parameter] = len(frame)
        else:
            known[parameter] = frame[what].tolist() if what in frame else []
    return known


def settled(expectation, frame):
    """Return the verdict of an expectation that its rows or columns already decide, else None."""
    rows = expectation["meta"].get("rows", {})
    if not rows.get("min", 0) <= len(frame) <= rows.get("max", len(frame)):
        return "skipped"
    complete = all(column in frame for column in expectation["meta"]["columns"])
    return None if complete else "failed"


def evaluate(name, suite, frame, parameters):
    """Return the verdicts of the expectations of one frame."""
    pending, results = [], []
    for expectation in suite["expectations"]:
        verdict = settled(expectation, frame)
        if verdict is None:
            pending.append(expectation)
        else:
            results.append(result_of(expectation, name, verdict))
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    asset = context.data_sources.add_pandas("debr").add_dataframe_asset(name)
    batch = asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": frame})
    validated = batch.validate(
        gx.ExpectationSuite(**{**suite, "expectations": pending}),
        expectation_parameters=parameters,
        result_format={"result_format": "BASIC", "partial_unexpected_count": 0},
    )
    by_name = {result.expectation_config.meta["name"]: result for result in validated.results}
    for expectation in pending:
        result = by_name[expectation["meta"]["name"]]
        results.append(result_of(expectation, name, verdict_of(result), result.result))
    return results


def raised(info):
    """Return whether an expectation raised; errors of single metrics are nested."""
    if "raised_exception" in info:
        return info["raised_exception"]
    return any(raised(inner) for inner in info.values() if isinstance(inner, dict))


def verdict_of(result):
    if raised(result.exception_info or {}):
        return "broken"
    return "passed" if result.success else "failed"


def result_of(expectation, table, verdict, result=None):
    return {
        "name": expectation["meta"]["name"],
        "table": table,
        "severity": expectation["severity"],
        "verdict": verdict,
        "failed": (result or {}).get("unexpected_count"),
    }


def status_of(results):
    critical = [result for result in results if result["severity"] == "critical"]
    if any(result["verdict"] == "failed" for result in critical):
        return DATA
    return FAULT if any(result["verdict"] == "broken" for result in results) else DONE


def check(data, suites):
    """Return the results of all suites for one dataset."""
    tables = read_tables(data, [name for name in suites if name != "schema"])
    frames = {"schema": schema_frame(tables)}
    for name in list(tables):
        frames[name] = frame_of(tables.pop(name))
    parameters = parameters_of(suites, frames)
    return [
        result
        for name, suite in suites.items()
        for result in evaluate(name, suite, frames[name], parameters)
    ]


def text_of(results):
    lines = [
        f"{result['verdict']} ({result['severity']})  {result['name']}"
        + (f": {result['failed']} fail" if result["failed"] else "")
        for result in results
        if result["verdict"] in ("failed", "broken")
    ]
    passed = sum(result["verdict"] == "passed" for result in results)
    return "\n".join([*lines, f"{passed} of {len(results)} passed"])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", default="data", help="folder of the dataset")
    parser.add_argument("--suite", default=SUITE, help="suites that debr exported")
    parser.add_argument("--json", action="store_true", help="print the results as JSON")
    options = parser.parse_args()
    suites = json.loads(Path(options.suite).read_text(encoding="utf-8"))
    results = check(options.data, suites)
    status = status_of(results)
    report = {"status": status, "expectations": results}
    print(json.dumps(report) if options.json else text_of(results))
    return status


if __name__ == "__main__":
    sys.exit(main())
