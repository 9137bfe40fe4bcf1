// Decides whether the native engine, a newer DuckDB, may run what the WebAssembly engine could not.
import { isMisspelt } from "../common/nearest.ts";
import { lex } from "./lexer.ts";

/** Messages that always mean that DuckDB is too old. */
const OLDER = [
  /^Not implemented Error(?!: Expression type)/,
  /is not implemented for window functions/,
  /but it exists in the (?:json|icu) extension/,
  /^Binder Error: STAR expression is only allowed as the root/,
  /^Binder Error: Incorrect number of parameters in lambda/,
  /^Binder Error: No function matches .*'(?:(?:\w+|[+-])\(.*TIME ZONE|timezone|(?:avg|approx_quantile)\((?:INTERVAL|DATE|TIME)|sum\(BOOLEAN|make_date\(INTEGER|range\(VARCHAR|[*/]\(.*INTERVAL|(?:arg_?)?(?:min|max)(?:_by)?\(.*, INTEGER\)|(?:trunc|log)\(.*,|array_extract\(BOOLEAN)/,
  /^Conversion Error: Unimplemented type for cast/,
  /^Binder Error: Key name for struct_extract needs/,
  /^Conversion Error: time(?:stamp)? field value out of range: "(?:[^"]*[ T])?\d+:\d+"/,
  /^Conversion Error: Could not convert string '(?:y|yes|n|no)' to BOOL/i,
];

/** Functions and types that only the native engine has, in lower case. A test compares both. */
export const NEWER_NAMES: ReadonlySet<string> = new Set(
  `->> acosh add_parquet_key ago approx_top_k arg_max_null arg_max_nulls_last arg_min_null
  arg_min_nulls_last array array_cosine_distance array_cosine_similarity array_cross_product
  array_distance array_dot_product array_grade_up array_inner_product array_negative_dot_product
  array_negative_inner_product array_reduce array_select array_to_json
  array_to_string_comma_default array_value array_where array_zip asinh atanh bignum
  can_cast_implicitly cast_to_type char_length character_length copy_database cosh countif
  create_sort_key cume_dist current_connection_id current_localtime current_localtimestamp
  current_query_id current_transaction_id days_in_month dense_rank disable_verify_fetch_row
  duckdb_approx_database_count duckdb_connection_count duckdb_coordinate_systems
  duckdb_external_file_cache duckdb_memory duckdb_optimizers duckdb_prepared_statements
  duckdb_profiling_settings duckdb_secret_types duckdb_table_sample duckdb_variables
  equi_width_bins extension_versions fill first_value formatreadablesize from_json
  from_json_strict geometry get_block_size get_type getvariable grade_up histogram_exact
  histogram_values icu_calendar_names icu_sort_key is_histogram_other_bin json json_array
  json_array_length json_contains json_deserialize_sql json_each json_exists json_extract
  json_extract_path json_extract_path_text json_extract_string json_group_array json_group_object
  json_group_structure json_keys json_merge_patch json_object json_pretty json_quote
  json_serialize_plan json_serialize_sql json_structure json_transform json_transform_strict
  json_tree json_type json_valid json_value kurtosis_pop lag last_value lead list_cosine_distance
  list_grade_up list_kurtosis_pop list_negative_dot_product list_negative_inner_product
  list_reduce list_select list_where list_zip listagg make_timestamp_ms make_timestamp_ns
  make_timestamptz make_type map_contains map_contains_entry map_contains_value map_extract_value
  map_to_pg_oid nanosecond normalized_interval nth_value ntile parquet_bloom_probe
  parquet_file_metadata parquet_full_metadata parquet_kv_metadata parse_dirname parse_dirpath
  parse_duckdb_log_message parse_filename parse_formatted_bytes parse_path percent_rank pg_sleep
  pg_timezone_names pragma_show pragma_user_agent rank rank_dense reduce regexp_escape
  regexp_split_to_table remap_struct replace_type row_number row_to_json sha1 sinh sleep_ms
  sql_auto_complete st_asbinary st_astext st_aswkb st_aswkt st_crs st_geomfromwkb
  st_intersects_extent st_setcrs struct_concat struct_contains struct_extract_at struct_has
  struct_indexof struct_keys struct_position struct_update struct_values switch tanh
  time with time zone time_ns timestamp with time zone timetz_byte_comparable to_centuries
  to_decades to_json to_millennia to_quarters to_weeks type uhugeint uint128 unpivot_list
  url_decode url_encode user_agent uuid_extract_timestamp uuid_extract_version uuidv4 uuidv7
  variant variant_bytes_to_variant variant_extract variant_normalize variant_to_parquet_variant
  variant_typeof varint verify_fetch_row wavg weighted_avg`
    .split(/\s+/),
);

const KEYWORDS = `select distinct from where group order having limit offset join left right inner
  outer full cross using union except intersect with recursive case when then else between like
  ilike null nulls exclude replace columns groups over partition rows range filter qualify window summarize describe show explain pivot unpivot
  values`.split(/\s+/);

/** Tokens at which a syntax error is a mistake in any DuckDB: a misplaced clause or bracket. */
const MISPLACED =
  /^(?:[),;]|[\d.]+|select|from|where|group|order|having|limit|and|or|on|by|as|union|join)$/i;

/** Syntax that DuckDB 0.9.1 refuses at a token that is also the place of common mistakes. */
const NEWER_SYNTAX =
  /\(\s*(?:desc|describe|show|summarize)\s+[a-z"]|\bfor\s+\w+\s*,|\bexclude\s*\(\s*\w+\./i;

function isNewerSyntax(near: string, sql: string): boolean {
  if (NEWER_SYNTAX.test(sql)) return true;
  const { tokens } = lex(sql);
  return tokens[0]?.text !== near.toLowerCase() && !MISPLACED.test(near) &&
    !tokens.some(({ kind, text }) => kind === "name" && isMisspelt(text, KEYWORDS));
}

export function mayBeNewer(message: string, sql: string): boolean {
  if (OLDER.some((pattern) => pattern.test(message))) return true;
  const [, name] = /^Catalog Error: [\w ]*(?:Function|Type) with name "?(.+?)"? (?:does|is) not/
    .exec(message) ?? /^Catalog Error: (\w+) is not an aggregate function/.exec(message) ?? [];
  if (name !== undefined) return NEWER_NAMES.has(name.toLowerCase()) || name === "try";
  if (/^Binder Error: Subquery returns/.test(message)) return /\)\s*(?:not\s+)?in\s*\(/i.test(sql);
  const [, near] = /^Parser Error: syntax error at or near "(.*)"/.exec(message) ?? [];
  return near !== undefined && isNewerSyntax(near, sql);
}
