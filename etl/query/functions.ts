// DuckDB's table functions that a query may not call. A test lists those of both engines.

function names(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

/** Functions that access other files, change the engine, or run SQL that a text hides. */
export const REFUSED_FUNCTIONS = names(`
  arrow_scan arrow_scan_dumb check_peg_parser checkpoint disable_logging disable_peg_parser
  disable_profiling duckdb_extensions duckdb_log_contexts duckdb_logs duckdb_logs_parsed
  duckdb_secrets enable_logging enable_peg_parser enable_profiling force_checkpoint getenv glob
  index_scan json_execute_serialized_sql query query_table read_blob read_csv read_csv_auto
  read_duckdb read_json read_json_auto read_json_objects read_json_objects_auto read_ndjson
  read_ndjson_auto read_ndjson_objects read_text seq_scan sniff_csv truncate_duckdb_logs
  which_secret write_log
`);
