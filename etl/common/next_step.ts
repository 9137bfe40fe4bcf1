// Next steps after an error, as codes with facts. Only `etl/cli` turns them into command lines.

/** A request, as the manifest and staging store it. */
export type Request = Readonly<Record<string, string | number | readonly string[]>>;

/** Where a dataset is. */
export interface At {
  /** Folder of the dataset, if known. */
  readonly data?: string;
}

/** The type of a step without facts. */
export type None = Readonly<Record<never, never>>;

/** The facts of each step, by its code. */
export type StepFacts = {
  api_unreachable: None;
  api_failed: None;
  not_the_api: None;
  api_refused: None;
  answer_too_large: None;
  rate_limited: None;
  /** The next request would be after the deadline; seconds to wait. */
  rate_too_slow: { readonly wait: string };
  seed_empty: None;
  /** The API misreads this seed; `seed` is one that works. */
  seed_misread: { readonly seed: string };
  page_over_rate: { readonly rate: number };
  gender_on_pages: { readonly pageSize: number };
  pages_too_small: { readonly pageSize: number; readonly people: string };
  too_many_people: { readonly people: string };
  page_repeated: None;
  /** A version before 0.2.0 landed the pages. */
  landed_before: None;
  landed_twice: None;
  landed_missing: { readonly pages: string };
  landed_damaged: { readonly path: string; readonly pages: string };
  landed_other_request: None;
  landed_other_ranges: { readonly folder: string };
  pages_beyond: None;
  pages_without_seed: None;
  source_alone: { readonly source: string };
  path_of_files: None;
  /** The people are inside another JSON value; the dotted path to them. */
  people_inside: { readonly path: string };
  no_saved_pages: None;
  /** A saved source cannot be filtered; `option` is the option of the library. */
  option_of_pages: { readonly option: string };
  rejects_over_limit: At;
  nobody_valid: At;
  run_unfinished: At & { readonly request: Request; readonly mode: "replace" | "append" };
  replaces_others: At & { readonly request: Request };
  no_dataset: At;
  part_damaged: At;
  staging_damaged: { readonly folder: string };
  failed_rejects_damaged: { readonly path: string };
  /** A file is damaged; `requests` can build the dataset again. */
  file_damaged: { readonly requests: readonly Request[] };
  dataset_unusable: None;
  forgotten_lost: None;
  forgotten_returned: At;
  schema_older: None;
  dataset_newer: None;
  dataset_locked: None;
  person_unknown: At;
  key_twice: At;
  rows_lost: At;
  tables_changed: None;
  database_locked: None;
  no_tables_seen: None;
  tables_not_loaded: None;
  table_gone: None;
  table_changed: None;
  /** A column is missing; the SQL to run after it is filled. */
  column_missing: { readonly sql: string };
  schema_behind: None;
  field_missing: None;
  field_retyped: None;
  page_unreadable: None;
  version_unknown: { readonly version: string };
  modules_of_others: None;
  modules_stale: { readonly folder: string };
  sql_file_forbidden: { readonly path: string };
  sql_in_pieces: None;
  sql_empty: None;
  several_results: { readonly formats: readonly string[] };
  query_too_large: None;
  own_file_renamed: { readonly path: string };
  native_runs_it: { readonly sql?: string };
  native_may_run_it: { readonly sql?: string };
  no_native_engine: None;
  report_not_html: None;
  no_place: { readonly example: string; readonly variable: string };
  no_backup: { readonly place: string };
  backup_damaged: { readonly place?: string };
  backup_of_dataset: None;
  backup_of_database: { readonly kind: string };
  database_not_empty: None;
  folder_not_empty: None;
  restore_finished: At;
  folder_encryption: None;
  store_encryption: None;
  webhook: { readonly variable: string };
  port_taken: None;
  fault_unknown: None;
};

/** The code of a step. */
export type StepCode = keyof StepFacts;

/** A step with its facts. */
export type NextStep = { readonly [C in StepCode]: { readonly code: C } & StepFacts[C] }[StepCode];
