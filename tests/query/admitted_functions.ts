/**
 * DuckDB's table functions that a query may call.
 *
 * @module
 */

/** Functions that read only the state of the engine, or the parts of the dataset. */
export const ADMITTED_FUNCTIONS = new Set(
  `
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
`.trim().split(/\s+/),
);
