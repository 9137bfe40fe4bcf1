/**
 * What the schema itself lets expect: types, keys, and the rules of every column's Valibot schema.
 *
 * @module
 */
import {
  type Column,
  type ColumnMeta,
  columnMeta,
  TABLE_NAMES,
  type TableName,
  TABLES,
} from "../../../schema/mod.ts";
import { type Expectation, expectation, type Spec } from "./expectation.ts";

/** What is read of a Valibot schema or action. */
interface Piece {
  readonly type: string;
  readonly pipe?: readonly Piece[];
  readonly options?: readonly string[];
  readonly requirement?: unknown;
  /** What is expected, as a sentence goes on. */
  readonly message?: unknown;
}

/** The schema and all its actions, flat. */
function pieces(schema: Piece): Piece[] {
  const { pipe } = schema;
  return pipe === undefined ? [schema] : pipe.flatMap((piece) => pieces(piece));
}

/** A rule without what is common to all of a column. */
type ColumnRule = {
  readonly suffix: string;
  readonly description: string;
  readonly rule: Record<string, unknown>;
};

/** The rules of text; every other type is as strict as its values. */
function textRules(column: Column): ColumnRule[] {
  const patterns = new Set<string>();
  return pieces(column as unknown as Piece).flatMap(
    ({ type, options, requirement, message }): ColumnRule[] => {
      if (type === "picklist" && options !== undefined) {
        const description = `is ${options.join(" or ")}`;
        return [{ suffix: "in_set", description, rule: { kind: "in_set", values: options } }];
      }
      if (type === "non_empty") {
        const rule = { kind: "length", min: 1 };
        return [{ suffix: "length", description: "is not empty", rule }];
      }
      if (type !== "regex" || !(requirement instanceof RegExp)) return [];
      if (patterns.has(requirement.source)) return [];
      patterns.add(requirement.source);
      const suffix = patterns.size === 1 ? "matches" : `matches_${patterns.size}`;
      const description = `is ${message}`;
      return [{ suffix, description, rule: { kind: "matches", pattern: requirement } }];
    },
  );
}

function columnRules(column: Column, { type, unit }: ColumnMeta): ColumnRule[] {
  const common: ColumnRule[] = [
    { suffix: "type", description: `is stored as ${type}`, rule: { kind: "type", type } },
    { suffix: "not_null", description: "is never missing", rule: { kind: "not_null" } },
  ];
  const limit = unit === undefined ? undefined : DEGREES[unit];
  if (type === "text") common.push(...textRules(column));
  if (limit !== undefined) {
    const rule = { kind: "between", min: -limit, max: limit };
    common.push({ suffix: "between", description: `is from -${limit} to ${limit}`, rule });
  }
  return common;
}

/** The most degrees by unit; Valibot holds them in a function, which cannot be read. */
const DEGREES: Readonly<Record<string, number>> = { "degrees north": 90, "degrees east": 180 };

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

/** What the schema lets expect of the tables, table by table. */
export function schemaExpectations(): Expectation[] {
  return TABLE_NAMES.flatMap((table) => [...ofColumns(table), ...ofKeys(table)]);
}
