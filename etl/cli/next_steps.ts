// No step changes an existing dataset. A command ends its sentence, so that it can be pasted.
import type { NextStep, StepCode, StepFacts } from "../common/next_step.ts";
import { commandLine, extractCommand, kebab, quoted } from "./shell.ts";

export interface Where {
  /** Whether the user reads the words on a terminal. Others read alerts, logs and JSON later. */
  readonly terminal: boolean;
  readonly data?: string;
  readonly args?: readonly string[];
}

type Texts = {
  readonly [C in StepCode]:
    | string
    | ((facts: Omit<StepFacts[C], "data"> & Where) => string);
};

/** The limit of commands in a step; a longer list does not help. */
const MOST_REQUESTS = 3;

/** The length limit of SQL that a next step repeats. */
const LONGEST_SQL = 1000;

/** Repeats the command with the native engine. SQL from stdin or a prompt becomes an argument. */
function withNative({ args = ["query"], sql }: Where & { readonly sql?: string }): string {
  const [name = "", ...others] = args;
  const kept = others.filter((arg, at) => !/^--engine/.test(arg) && others[at - 1] !== "--engine");
  const line = ["deno task", name, "--engine native", ...kept.map(quoted)].join(" ");
  if (sql === undefined || kept.some((arg) => arg === sql || /^(?:-f|--file)/.test(arg))) {
    return line;
  }
  if (sql.length > LONGEST_SQL) return `${line}, with the same input`;
  // A space keeps SQL that begins with a comment from looking like an option.
  return `${line} ${quoted(sql.trim().replace(/^-/, " -"))}`;
}

/** Returns a path inside a dataset; its list of forgotten people applies to that path too. */
export function below({ data = "data" }: Pick<Where, "data">, name: string): string {
  return `${data.replace(/\/+$/, "")}/${name}`;
}

const LATER = "Run it again later";
const verify = ({ data }: Where) => commandLine("verify", { data });
const rejectsOf = (data?: string) => `Read why: ${commandLine("rejects", { failed: true, data })}`;
const listOf = (to?: string) => commandLine("backup", { list: true, to });
const restore = (at: Where) => commandLine("restore", { out: below(at, "restored") });
const restoreBeside = (at: Where) => `Restore a backup beside it: ${restore(at)}`;
const makeBeside = (at: Where) => commandLine("extract", { out: below(at, "new") });

/** Suggests the sample, only on a terminal: elsewhere it could end up in production. */
function offline({ terminal }: Where, before = ""): string {
  const sample = commandLine("extract", { source: "sample", out: "data/try" });
  if (!terminal) return before;
  return `${before}${before && ". "}Work offline: ${sample}`;
}

function recreate({ requests, ...at }: StepFacts["file_damaged"] & Where): string {
  if (requests.length === 0 || requests.length > MOST_REQUESTS) return "Restore it from a backup";
  const commands = requests.map((request, nth) =>
    extractCommand(request, { out: below(at, "again"), ...(nth > 0 && { mode: "append" }) })
  );
  return `Restore it from a backup, or make the tables again: ${commands.join(" && ")}`;
}

const TEXTS: Texts = {
  api_unreachable: (where) => offline(where),
  api_failed: (where) => offline(where, LATER),
  not_the_api: (where) => offline(where, `Check --api; a proxy may have answered. ${LATER}`),
  api_refused: "Check --api and --api-version",
  answer_too_large: "Check --api",
  rate_limited: "Wait 5 minutes, then run it again; --rate sets how many people in 5 minutes",
  rate_too_slow: ({ wait }) => `Run it again in ${wait}, or give more time: --timeout`,
  seed_empty: "Leave --seed out to let the API choose",
  seed_misread: ({ seed }) => `Use a shorter or longer one: --seed ${quoted(seed)}`,
  page_over_rate: ({ rate }) =>
    `Use --page-size ${rate}, which gives other people, or a higher --rate`,
  gender_on_pages: ({ pageSize }) =>
    `Use --results ${pageSize} or fewer; or leave --gender out and query: where gender = 'female'`,
  pages_too_small: ({ pageSize, people }) =>
    `Use a larger --page-size: ${pageSize} gives up to ${people} people`,
  too_many_people: ({ people }) =>
    `Split it into runs of up to ${people} people, each with its own --seed`,
  page_repeated: "Ask for other people: give another --seed",
  landed_before: "Leave --pages out, and name one folder of landed pages alone",
  landed_twice: "Move one of them away; land each page once: ranges of --pages must not overlap",
  landed_missing: ({ pages }) => `Land them too, with the same options and --pages ${pages}`,
  landed_damaged: ({ pages }) =>
    `Move it away and land its pages again, with the same options and --pages ${pages}`,
  landed_other_request: "Give another --out, or the same options",
  landed_other_ranges: ({ folder }) =>
    `Use the ranges of --pages that the files in ${folder} have, or move that file away`,
  pages_beyond: "Give --pages A-B within them; --results and --page-size say how many there are",
  pages_without_seed: "Give all of them the same --seed",
  source_alone: ({ source }) =>
    `Extract from one source, then add the other: ${
      commandLine("extract", { source, mode: "append" })
    }`,
  path_of_files: "Leave --path out, or use it with files",
  people_inside: ({ path }) => `Say where they are: --path ${quoted(path)}`,
  no_saved_pages:
    "Give --source a file, a folder or a quoted glob of .json or .ndjson, plain or .gz",
  option_of_pages: ({ option }) => {
    const flag = kebab(option).replace(/^version$/, "api-version");
    return `Leave --${flag} out, or use --source api or --source synthetic`;
  },
  rejects_over_limit: ({ data }) =>
    `${rejectsOf(data)}; --max-rejects sets how many people may fail`,
  nobody_valid: ({ data }) => rejectsOf(data),
  run_unfinished: ({ request, mode, data }) =>
    `Drop it with --restart, or see what it would do: ${
      extractCommand(request, { out: data, mode, dryRun: true })
    }`,
  replaces_others: ({ request, data }) =>
    `Write them to another folder: ${
      extractCommand(request, { out: data === "data/try" ? "data/try2" : "data/try" })
    }; or replace the existing people: --replace-other`,
  no_dataset: ({ data }) => `Make them: ${commandLine("extract", { out: data })}`,
  part_damaged: (at) =>
    `${restoreBeside(at)}; to see what else is damaged and how to make it again: ${verify(at)}`,
  staging_damaged: ({ folder }) => `Move ${folder} away, then run the same command again`,
  failed_rejects_damaged: ({ path }) => `Move ${path} away, then run that extract again`,
  file_damaged: recreate,
  dataset_unusable: (at) =>
    `${restoreBeside(at)}; or make other tables beside it: ${makeBeside(at)}`,
  forgotten_lost: (at) => `Restore a backup beside it, and copy its list here: ${restore(at)}`,
  forgotten_returned: ({ data }) =>
    `Erase them again: ${commandLine("forget", { data, again: true })}`,
  schema_older: (at) => `Make the tables again, beside these: ${makeBeside(at)}`,
  dataset_newer: "Update debr, or write elsewhere: --out data/other. Nothing was changed",
  dataset_locked: "Wait for it to end, or write elsewhere: --out data/other",
  person_unknown: (at) =>
    `Look in another dataset with --data, or check that it is whole: ${verify(at)}`,
  key_twice: (at) => `A key is in the dataset twice: ${verify(at)}`,
  rows_lost: (at) => `Nothing was changed. See what the dataset lacks: ${verify(at)}`,
  database_locked: "Wait for it to end, or wait longer: --lock-timeout 600. Nothing was changed",
  tables_changed:
    "Somebody changed debr's tables. See what differs, and the SQL that puts it back: deno task drift",
  no_tables_seen: "Connect as a user who may read the tables, or load them: deno task load",
  tables_not_loaded: "Load them: deno task load; list all differences: deno task drift",
  table_gone: "Create and fill it: deno task load",
  table_changed: "Replace it by a plain table, or rename it and load a new one: deno task load",
  column_missing: ({ sql }) => `Add the column, fill it by load, then run: ${sql}`,
  schema_behind: "Upgrade it: deno task load",
  field_missing: "People without it are rejected: see schema/person.ts, and deno task rejects",
  field_retyped: "People with this type are rejected: see schema/person.ts, and deno task rejects",
  page_unreadable: `See what the API sends today: ${commandLine("drift", { source: "api" })}`,
  version_unknown: ({ version }) => `Ask for a version that debr knows: --api-version ${version}`,
  modules_of_others: "Name a folder of its own: --out data/shop",
  modules_stale: ({ folder }) => `Update it: --update --out ${quoted(folder)}`,
  sql_file_forbidden: ({ path, data }) => `${commandLine("query", { data })} < ${quoted(path)}`,
  sql_in_pieces: `Put the SQL in quotes: ${commandLine("query", {}, ["select 1"])}`,
  sql_empty: ({ data }) => commandLine("query", { data }, ["select * from users"]),
  several_results: ({ formats }) => `Give one statement, or --format ${formats.join(", ")}`,
  query_too_large: ({ args = [] }) => {
    const isNative = args.some((arg) => /^(--engine=)?native$/.test(arg));
    return `Ask for fewer rows or columns${isNative ? "" : ", or use --engine native"}`;
  },
  own_file_renamed: ({ path }) => `Give it another name: --with ${quoted(`mine=${path}`)}`,
  native_runs_it: (where) => `The native engine runs it: ${withNative(where)}`,
  native_may_run_it: (where) => `The native engine is newer and may run it: ${withNative(where)}`,
  no_native_engine: "Leave out --engine native",
  report_not_html: "End the name with .html, as in --out data/report.html",
  no_place: ({ example, variable }) =>
    `Name ${example} by --to (--from to restore), or in ${variable}`,
  no_backup: ({ place }) => `See what is there: ${listOf(place)}`,
  backup_damaged: ({ place }) => `Use another backup: ${listOf(place)}`,
  backup_of_dataset: "Leave --database out to restore the dataset; load brings it into a database",
  backup_of_database: ({ kind }) => `Name a database of ${kind}: --database ${kind}://…`,
  database_not_empty: "Restore into a new database; to look at a backup only: --verify",
  folder_not_empty: "Restore elsewhere: --out data/restored; to look at a backup only: --verify",
  restore_finished: (at) => `Look at it: ${verify(at)}`,
  folder_encryption: "Leave --encryption out, and keep the folder on an encrypted disk",
  store_encryption: "The store does not support this encryption: see --encryption",
  webhook: ({ variable }) =>
    `Put https://hooks.slack.com/services/… into ${variable}, or into a file: ${
      commandLine("notify", { to: "@FILE" })
    }`,
  port_taken: "Choose another with --port, or a free one with --port 0",
  fault_unknown: "List them with --faults",
};

export const STEP_CODES = Object.keys(TEXTS) as readonly StepCode[];

export function datasetOf([task, ...args]: readonly string[]): Pick<Where, "data"> {
  const flag = task === "extract" ? "--out" : "--data";
  const at = args.indexOf(flag);
  const data = args.find((arg) => arg.startsWith(`${flag}=`))?.slice(flag.length + 1) ??
    (at === -1 ? undefined : args[at + 1]);
  return data === undefined ? {} : { data };
}

export function nextText(
  next: string | NextStep | undefined,
  where: Where,
): string | undefined {
  if (typeof next !== "object") return next;
  const text = TEXTS[next.code] as string | ((facts: NextStep & Where) => string);
  return (typeof text === "string" ? text : text({ ...where, ...next })) || undefined;
}
