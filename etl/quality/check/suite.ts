// Builds the expectations of a run: from the schema, known facts about the API, and custom ones.
import {
  type Column,
  type ColumnMeta,
  columnMeta,
  TABLE_NAMES,
  type TableName,
  TABLES,
} from "../../../schema/mod.ts";
import {
  choicesOf,
  flat,
  metadataOf,
  type Parts,
  patternOf,
  wantsText,
} from "../../../schema/valibot/parts.ts";
import type { Expectation, Stage } from "./expectation.ts";
import { always, type Fact, knownExpectations } from "./known.ts";
import { pageExpectations, peopleExpectations } from "./known_people.ts";

/** A rule without its column, and the rest of a name and a sentence that begin with the column. */
type ColumnRule = readonly [suffix: string, description: string, rule: object];

/** Returns the rules of a text column. Columns of other types have no rules beyond their type. */
function textRules(items: readonly Parts[]): ColumnRule[] {
  const patterns = new Set<string>();
  return items.flatMap((item): ColumnRule[] => {
    const [values, pattern] = [choicesOf(item), patternOf(item)];
    if (values !== undefined) {
      return [["in_set", `is ${values.join(" or ")}`, { kind: "in_set", values }]];
    }
    if (wantsText(item)) return [["length", "is not empty", { kind: "length", min: 1 }]];
    if (pattern === undefined || patterns.has(pattern.source)) return [];
    patterns.add(pattern.source);
    const suffix = patterns.size === 1 ? "matches" : `matches_${patterns.size}`;
    return [[suffix, `is ${item.message}`, { kind: "matches", pattern }]];
  });
}

function columnRules(column: Column, { type }: ColumnMeta): ColumnRule[] {
  const items = flat(column);
  const { range } = metadataOf(items);
  const rules: ColumnRule[] = [
    ["type", `is stored as ${type}`, { kind: "type", type }],
    ["not_null", "is never missing", { kind: "not_null" }],
  ];
  if (type === "text") rules.push(...textRules(items));
  if (range !== undefined) {
    rules.push(["between", `is from ${range.min} to ${range.max}`, { kind: "between", ...range }]);
  }
  return rules;
}

function ofColumns(table: TableName): Expectation[] {
  const columns: Readonly<Record<string, Column>> = TABLES[table].columns;
  return Object.entries(columns).flatMap(([name, column]) =>
    columnRules(column, columnMeta(column)).map(([suffix, description, rule]) =>
      always(`${table}.${name}.${suffix}`, `${name} ${description}`, {
        column: name,
        ...rule,
      } as Fact)
    )
  );
}

function ofKeys(table: TableName): Expectation[] {
  const { primaryKey, foreignKeys } = TABLES[table];
  const [column = "", ...others] = primaryKey;
  const primary = others.length === 0
    ? always(`${table}.${column}.unique`, `${column} is the primary key`, {
      kind: "unique",
      column,
    })
    : always(
      `${table}.primary_key`,
      `${primaryKey.join(" and ")} together are the primary key`,
      { kind: "compound_unique", columns: primaryKey },
    );
  const foreign = foreignKeys.map(({ column, references }) =>
    always(`${table}.${column}.foreign_key`, `${column} is in ${references}`, {
      kind: "foreign_key",
      column,
      references: references as TableName,
    })
  );
  return [primary, ...foreign];
}

export function defaultSuite(): Expectation[] {
  return [
    ...pageExpectations(),
    ...TABLE_NAMES.flatMap((table) => [...ofColumns(table), ...ofKeys(table)]),
    ...knownExpectations(),
    ...peopleExpectations(),
  ];
}

/** Returns the expectations of a stage. Custom ones replace default ones of the same name. */
export function suiteOf(stage: Stage, custom: readonly Expectation[] = []): Expectation[] {
  const byName = new Map([...defaultSuite(), ...custom].map((one) => [one.name, one]));
  return [...byName.values()].filter(({ table }) =>
    Object.hasOwn(TABLES, table) === (stage !== "pages")
  );
}
