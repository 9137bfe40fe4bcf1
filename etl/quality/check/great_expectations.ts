// Exports a suite of Great Expectations 1.x for each table. pandas sees only a frame's columns, so
// the runner in `deploy/great_expectations` provides other facts:
// - `$PARAMETER`: facts of other tables, `users_user_id` (its values) and `users_rows`.
// - `date_of_birth in ms`: a moment as a number, for quantiles.
// - the suite `schema`: a frame of one row with the Arrow type of every column, `users.user_id`.
import { type ColumnType, DECIMAL, TABLE_NAMES } from "../../../schema/mod.ts";
import {
  type Bounds,
  type Expectation,
  isMoment,
  type Kind,
  type Limit,
  type Rule,
  type RuleOf,
} from "./expectation.ts";
import { translate } from "../../common/regex.ts";

type GxExpectation = readonly [type: string, kwargs: Readonly<Record<string, unknown>>];

/** Arrow types that hold a column's values without loss. */
const ARROW_TYPES: Readonly<Record<ColumnType, readonly string[]>> = {
  text: ["string", "large_string", "string_view"],
  uuid: ["extension<arrow.uuid>"],
  integer: ["int32"],
  decimal: [`decimal128(${DECIMAL.precision}, ${DECIMAL.scale})`],
  timestamp: ["timestamp[ms]", "timestamp[us]", "timestamp[ns]"],
};

function bounded(type: string, { column, min, max }: Bounds<Limit> & { column?: string }) {
  // The columns of a frame have no time zone.
  const bound = (limit: Limit) => typeof limit === "string" ? limit.replace(/Z$/, "") : limit;
  const kwargs = {
    ...(column !== undefined && { column }),
    ...(min !== undefined && { min_value: bound(min) }),
    ...(max !== undefined && { max_value: bound(max) }),
  };
  return [type, kwargs] as const;
}

function quantile(rule: RuleOf<"quantile_between">): GxExpectation {
  const { column, quantile, min, max } = rule;
  const ms = (limit: Limit) => typeof limit === "string" ? Date.parse(limit) : limit;
  const range = [min, max].map((limit) => limit === undefined ? null : ms(limit));
  return ["expect_column_quantile_values_to_be_between", {
    column: isMoment(rule) ? `${column} in ms` : column,
    quantile_ranges: { quantiles: [quantile], value_ranges: [range] },
  }];
}

function inSet(column: string, value_set: unknown): GxExpectation {
  return ["expect_column_values_to_be_in_set", { column, value_set }];
}

function compared({ other, is }: RuleOf<"row_count_compared">): GxExpectation {
  const value = { $PARAMETER: `${other}_rows` };
  return is === "equal to"
    ? ["expect_table_row_count_to_equal", { value }]
    : ["expect_table_row_count_to_be_between", { max_value: value }];
}

/** Builds the expectation of each kind. Kinds that are missing here have no counterpart. */
const SAY: { readonly [K in Kind]?: (rule: RuleOf<K>, table: string) => GxExpectation } = {
  not_null: ({ column }) => ["expect_column_values_to_not_be_null", { column }],
  unique: ({ column }) => ["expect_column_values_to_be_unique", { column }],
  compound_unique: ({ columns }) => [
    "expect_compound_columns_to_be_unique",
    { column_list: columns },
  ],
  foreign_key: ({ column, references }) => inSet(column, { $PARAMETER: `${references}_${column}` }),
  in_set: ({ column, values }) => inSet(column, values),
  matches: ({ column, pattern }) => [
    "expect_column_values_to_match_regex",
    { column, regex: translate(pattern, "python") },
  ],
  between: (rule) => bounded("expect_column_values_to_be_between", rule),
  length: (rule) => bounded("expect_column_value_lengths_to_be_between", rule),
  type: ({ column, type }, table) => inSet(`${table}.${column}`, ARROW_TYPES[type]),
  mean_between: (rule) => bounded("expect_column_mean_to_be_between", rule),
  quantile_between: quantile,
  proportion_unique_between: (rule) =>
    bounded("expect_column_proportion_of_unique_values_to_be_between", rule),
  row_count_between: (rule) => bounded("expect_table_row_count_to_be_between", rule),
  row_count_compared: compared,
};

function condition({ where }: Expectation) {
  if (where === undefined) return {};
  const values = where.in.map((value) => JSON.stringify(value)).join(", ");
  return { row_condition: `${where.column} in [${values}]`, condition_parser: "pandas" };
}

function translated(expectation: Expectation): object[] {
  const { name, table, description, severity, mostly, rows, where, rule } = expectation;
  const say = SAY[rule.kind] as ((rule: Rule, table: string) => GxExpectation) | undefined;
  if (say === undefined) return [];
  const [type, kwargs] = say(rule, table);
  const { column, column_list = column === undefined ? [] : [column] } = kwargs;
  const columns = [column_list, where === undefined ? [] : where.column].flat();
  return [{
    type,
    kwargs: { ...kwargs, ...(mostly < 1 && { mostly }), ...condition(expectation) },
    meta: { name, columns, ...(rows && { rows }) },
    severity: severity === "error" ? "critical" : "warning",
    description,
  }];
}

/** Returns the suites by table as JSON. Omits SQL, freshness and drift, which pandas lacks. */
export function greatExpectations(expectations: readonly Expectation[]): string {
  const isType = ({ rule }: Expectation) => rule.kind === "type";
  const suite = (name: string, some: readonly Expectation[]) => ({
    name,
    expectations: some.flatMap(translated),
    meta: { great_expectations_version: "1.24.1" },
  });
  const suites = TABLE_NAMES.map((name) =>
    suite(name, expectations.filter((one) => one.table === name && !isType(one)))
  );
  const all = [suite("schema", expectations.filter(isType)), ...suites];
  return JSON.stringify(Object.fromEntries(all.map((one) => [one.name, one])), null, 2) + "\n";
}
