// Next steps after an error, as codes with facts. The library knows no command line: `etl/cli`
// turns each step into a flag to change or a command to run.

/** A request, as the manifest and staging keep it. */
export type Request = Readonly<Record<string, string | number | readonly string[]>>;

/** Where a dataset is. */
export interface At {
  /** Folder of the dataset, where it is known. */
  readonly data?: string;
}

/** No facts. */
export type None = Readonly<Record<never, never>>;

/** The facts of each step, by its code. */
export interface StepFacts {
  /** The API cannot be reached. */
  api_unreachable: None;
  /** The API failed; the same request may work later. */
  api_failed: None;
  /** The response is not the API's. */
  not_the_api: None;
  /** The API refuses the request for good. */
  api_refused: None;
  /** The response is larger than any page. */
  answer_too_large: None;
  /** The API takes no more requests for now. */
  rate_limited: None;
  /** The rate limit leaves no time before the deadline; seconds until it does. */
  rate_too_slow: { readonly wait: string };
  /** The seed is empty text. */
  seed_empty: None;
  /** The API misreads a seed of this length; one that it reads. */
  seed_misread: { readonly seed: string };
  /** A page has more people than the rate limit allows. */
  page_over_rate: { readonly rate: number };
  /** A gender is asked for on several pages. */
  gender_on_pages: { readonly pageSize: number };
  /** Pages of this size do not hold so many people, larger ones do. */
  pages_too_small: { readonly pageSize: number; readonly people: string };
  /** No request has so many people. */
  too_many_people: { readonly people: string };
  /** The API gave the people of an earlier page once more. */
  page_repeated: None;
  /** Landed by a debr before 0.2.0. */
  landed_before: None;
  /** A page is in two landed files. */
  landed_twice: None;
  /** Landed pages are missing; the first of them. */
  landed_missing: { readonly pages: string };
  /** A landed file is damaged. */
  landed_damaged: { readonly path: string; readonly pages: string };
  /** A folder holds landed pages of another request. */
  landed_other_request: None;
  /** A folder holds the pages in files of other ranges. */
  landed_other_ranges: { readonly folder: string };
  /** The request does not have these pages. */
  pages_beyond: None;
  /** Some pages of a request without a seed. */
  pages_without_seed: None;
  /** A source that is no file cannot be joined with others. */
  source_alone: { readonly source: string };
  /** Only files can have people further inside. */
  path_of_files: None;
  /** JSON wraps people; the dotted path to them. */
  people_inside: { readonly path: string };
  /** There are no saved pages at a path. */
  no_saved_pages: None;
  /** A saved source cannot be asked for some of its people; the option of the library. */
  option_of_pages: { readonly option: string };
  /** More people failed a rule than a run may have. */
  rejects_over_limit: At;
  /** Nobody is valid. */
  nobody_valid: At;
  /** A run was begun and not finished. */
  run_unfinished: At & { readonly request: Request; readonly mode: "replace" | "append" };
  /** Synthetic people would replace others. */
  replaces_others: At & { readonly request: Request };
  /** There are no tables. */
  no_dataset: At;
  /** A file of the dataset cannot be read. */
  part_damaged: At;
  /** A file that a run has left in staging is damaged. */
  staging_damaged: { readonly folder: string };
  /** The rejects of a run that was not committed are damaged. */
  failed_rejects_damaged: { readonly path: string };
  /** A file is damaged; the requests that the dataset is made of. */
  file_damaged: { readonly requests: readonly Request[] };
  /** The dataset as a whole cannot be used. */
  dataset_unusable: None;
  /** The list of forgotten people cannot be relied on. */
  forgotten_lost: None;
  /** Tables hold people who were forgotten. */
  forgotten_returned: At;
  /** An older debr made the dataset. */
  schema_older: None;
  /** A newer debr made the dataset. */
  dataset_newer: None;
  /** Another process writes the dataset. */
  dataset_locked: None;
  /** No part holds the person. */
  person_unknown: At;
  /** A key is in the dataset twice. */
  key_twice: At;
  /** Rows refer to others that are missing. */
  rows_lost: At;
  /** Tables or columns of debr are missing or have other names. */
  tables_changed: None;
  /** Another session holds a lock of the database. */
  database_locked: None;
  /** A database has no tables, or none that this user can see. */
  no_tables_seen: None;
  /** Tables are missing in a database. */
  tables_not_loaded: None;
  /** A table is gone or hidden. */
  table_gone: None;
  /** A table is no plain one any more. */
  table_changed: None;
  /** A column is missing; the SQL to run once it is filled. */
  column_missing: { readonly sql: string };
  /** The tables in a database are of an older schema. */
  schema_behind: None;
  /** People lack a field. */
  field_missing: None;
  /** People have another type of value in a field. */
  field_retyped: None;
  /** An answer is no page. */
  page_unreadable: None;
  /** A page has a version that debr does not know; one that it does. */
  version_unknown: { readonly version: string };
  /** A folder of generated modules holds others. */
  modules_of_others: None;
  /** Generated modules are not those of the database. */
  modules_stale: { readonly folder: string };
  /** The file with SQL may not be read. */
  sql_file_forbidden: { readonly path: string };
  /** The SQL came as several arguments. */
  sql_in_pieces: None;
  /** There is no SQL. */
  sql_empty: None;
  /** A format holds one result only; those that hold several. */
  several_results: { readonly formats: readonly string[] };
  /** The query needs too much memory. */
  query_too_large: None;
  /** A file beside the tables is called as one of them. */
  own_file_renamed: { readonly path: string };
  /** Only the native engine runs a statement; the SQL that was run. */
  native_runs_it: { readonly sql?: string };
  /** The native engine is newer and may run a statement; the SQL that was run. */
  native_may_run_it: { readonly sql?: string };
  /** DuckDB's native library cannot be loaded. */
  no_native_engine: None;
  /** The report would be no HTML file. */
  report_not_html: None;
  /** No place of backups is named. */
  no_place: { readonly example: string; readonly variable: string };
  /** A place holds no such backup. */
  no_backup: { readonly place: string };
  /** A backup is damaged. */
  backup_damaged: { readonly place?: string };
  /** A backup of a dataset cannot go into a database. */
  backup_of_dataset: None;
  /** A backup of a database goes into one of its kind only. */
  backup_of_database: { readonly kind: string };
  /** A restore needs an empty database. */
  database_not_empty: None;
  /** A restore needs an empty folder. */
  folder_not_empty: None;
  /** An interrupted restore of another backup has gone on. */
  restore_finished: At;
  /** A folder cannot encrypt. */
  folder_encryption: None;
  /** The store does not know this encryption. */
  store_encryption: None;
  /** No webhook is named, or none that can be used. */
  webhook: { readonly variable: string };
  /** The port is taken. */
  port_taken: None;
  /** A fault of the mock API is not known. */
  fault_unknown: None;
}

/** The code of a step. */
export type StepCode = keyof StepFacts;

/** A step with its facts. */
export type NextStep = { readonly [C in StepCode]: { readonly code: C } & StepFacts[C] }[StepCode];
