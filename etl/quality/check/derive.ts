// Derives expectations from the schema: types, keys, and the rules of each column.
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
import { type Expectation, expectation, type Spec } from "./expectation.ts";

type ColumnRule = {
  readonly suffix: string;
  readonly description: string;
  readonly rule: Record<string, unknown>;
};

/** Returns the rules of a text column. Columns of other types have no rules beyond their type. */
function textRules(items: readonly Parts[]): ColumnRule[] {
  const patterns = new Set<string>();
  return items.flatMap((item): ColumnRule[] => {
    const [choices, pattern] = [choicesOf(item), patternOf(item)];
    if (choices !== undefined) {
      const description = `is ${choices.join(" or ")}`;
      return [{ suffix: "in_set", description, rule: { kind: "in_set", values: choices } }];
    }
    if (wantsText(item)) {
      const rule = { kind: "length", min: 1 };
      return [{ suffix: "length", description: "is not empty", rule }];
    }
    if (pattern === undefined || patterns.has(pattern.source)) return [];
    patterns.add(pattern.source);
    const suffix = patterns.size === 1 ? "matches" : `matches_${patterns.size}`;
    return [{ suffix, description: `is ${item.message}`, rule: { kind: "matches", pattern } }];
  });
}

function columnRules(column: Column, { type }: ColumnMeta): ColumnRule[] {
  const items = flat(column);
  const { range } = metadataOf(items);
  const common: ColumnRule[] = [
    { suffix: "type", description: `is stored as ${type}`, rule: { kind: "type", type } },
    { suffix: "not_null", description: "is never missing", rule: { kind: "not_null" } },
  ];
  if (type === "text") common.push(...textRules(items));
  if (range !== undefined) {
    const description = `is from ${range.min} to ${range.max}`;
    common.push({ suffix: "between", description, rule: { kind: "between", ...range } });
  }
  return common;
}

function ofColumns(table: TableName): Expectation[] {
  const columns: Readonly<Record<string, Column>> = TABLES[table].columns;
  return Object.entries(columns).flatMap(([name, column]) =>
    columnRules(column, columnMeta(column)).map(({ suffix, description, rule }) =>
      expectation(
        {
          name: `${table}.${name}.${suffix}`,
          table,
          description: `${name} ${description}`,
          column: name,
          ...rule,
        } as unknown as Spec,
      )
    )
  );
}

function ofKeys(table: TableName): Expectation[] {
  const { primaryKey, foreignKeys } = TABLES[table];
  const [column = "", ...others] = primaryKey;
  const primary = others.length === 0
    ? expectation({
      name: `${table}.${column}.unique`,
      table,
      description: `${column} is the primary key`,
      kind: "unique",
      column,
    })
    : expectation({
      name: `${table}.primary_key`,
      table,
      description: `${primaryKey.join(" and ")} together are the primary key`,
      kind: "compound_unique",
      columns: primaryKey,
    });
  const foreign = foreignKeys.map(({ column, references }) =>
    expectation({
      name: `${table}.${column}.foreign_key`,
      table,
      description: `${column} is in ${references}`,
      kind: "foreign_key",
      column,
      references: references as TableName,
    })
  );
  return [primary, ...foreign];
}

export function schemaExpectations(): Expectation[] {
  return TABLE_NAMES.flatMap((table) => [...ofColumns(table), ...ofKeys(table)]);
}
