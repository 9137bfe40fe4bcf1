/**
 * DuckDB's table functions: which of them a query may call.
 *
 * A test asks both engines for all they have, so that none is forgotten.
 *
 * @module
 */

/** Reads names between white space. */
function names(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

/** Functions that only look at what the engine holds, or at the parts of the dataset. */
export const ADMITTED_FUNCTIONS = names(`
  duckdb_approx_database_count duckdb_columns duckdb_connection_count duckdb_constraints
  duckdb_coordinate_systems duckdb_databases duckdb_dependencies duckdb_external_file_cache
  duckdb_functions duckdb_indexes duckdb_keywords duckdb_memory duckdb_optimizers
  duckdb_prepared_statements duckdb_profiling_settings duckdb_schemas duckdb_secret_types
  duckdb_sequences duckdb_settings duckdb_table_sample duckdb_tables duckdb_temporary_files
  duckdb_types duckdb_variables duckdb_views
  generate_series histogram histogram_values icu_calendar_names json_each json_tree
  parquet_bloom_probe parquet_file_metadata parquet_full_metadata parquet_kv_metadata
  parquet_metadata parquet_scan parquet_schema pg_timezone_names
  pragma_collations pragma_database_size pragma_detailed_profiling_output
  pragma_last_profiling_output pragma_metadata_info pragma_platform pragma_show
  pragma_storage_info pragma_table_info pragma_user_agent pragma_version
  range read_parquet repeat repeat_row sql_auto_complete summary test_all_types
  test_vector_types unnest
`);

/** Functions that reach outside, change the engine, or run SQL that is hidden in a text. */
export const REFUSED_FUNCTIONS = names(`
  arrow_scan arrow_scan_dumb check_peg_parser checkpoint disable_logging disable_peg_parser
  disable_profiling duckdb_extensions duckdb_log_contexts duckdb_logs duckdb_logs_parsed
  duckdb_secrets enable_logging enable_peg_parser enable_profiling force_checkpoint getenv glob
  index_scan json_execute_serialized_sql query query_table read_blob read_csv read_csv_auto
  read_duckdb read_json read_json_auto read_json_objects read_json_objects_auto read_ndjson
  read_ndjson_auto read_ndjson_objects read_text seq_scan sniff_csv truncate_duckdb_logs
  which_secret write_log
`);
