// Writes a TypeScript module for a database table: a Valibot schema of its rows, and their type.
import {
  type Catalog,
  type CatalogTable,
  DRIVERS,
  driverValues,
  type Flavour,
  plainCondition,
  readExpression,
} from "../../../load/database/mod.ts";
import { literal, print } from "./print.ts";
import { boundsOf, codeOf, type Value, valueOf } from "./value.ts";

export const HEADER = "// Made by `deno task drift --update`";

function inComment(text: string): string {
  return text.replaceAll("*/", "*\\/").replace(/\s+/g, " ").trim();
}

function comment(text: string, indent = ""): string {
  return text.trim() === "" ? "" : `${indent}/** ${inComment(text)} */\n`;
}

function about({ name, comment }: CatalogTable, driver: string, others: readonly string[]): string {
  const lines = [
    ...(comment.trim() === "" ? [] : [inComment(comment), ""]),
    `A row of ${inComment(name)} as the driver ${driver} gives it.`,
    ...(others.length === 0 ? [] : ["", "What the database checks beside:"]),
    ...others.map((other) => `- ${inComment(other)}`),
  ];
  return `/**\n${lines.map((line) => ` * ${line}`.trimEnd()).join("\n")}\n */\n`;
}

function camel(name: string): string {
  const words = name.split(/[^\p{ID_Continue}]+|_+/u).filter((word) => word !== "");
  const [first = "table", ...others] = words;
  const joined = first.slice(0, 1).toLowerCase() + first.slice(1) +
    others.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join("");
  return /^\p{ID_Start}/u.test(joined) ? joined : `_${joined}`;
}

/** Returns a property key. A literal `__proto__` key would set the prototype. */
function keyOf(name: string): string {
  if (name === "__proto__") return `["__proto__"]`;
  return /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(name) ? name : literal(name);
}

/** Adds conditions to the values; returns the conditions that it cannot add. */
function addChecks(
  values: Map<string, Value>,
  conditions: readonly string[],
  { flavour, column }: { flavour: Flavour; column?: string },
): string[] {
  return conditions.filter((text) => {
    const expression = readExpression(text, flavour);
    if (expression === undefined) return true;
    const added = boundsOf(expression).map((bound) => {
      const name = column ?? bound?.column ?? "";
      const had = values.get(name);
      const more = bound === undefined || had === undefined ? undefined : bound.apply(had);
      if (more !== undefined) values.set(name, more);
      return more !== undefined;
    });
    return added.includes(false);
  });
}

function columnsOf(table: CatalogTable, catalog: Catalog) {
  const { flavour } = catalog;
  const { values: given, checks } = driverValues(table, catalog);
  const values = new Map([...given].map(([name, value]) => [name, valueOf(value)]));
  const ofTypes = table.columns.flatMap(({ name, type }) =>
    addChecks(values, catalog.types.get(type)?.checks ?? [], { flavour, column: name })
  );
  const others = [...ofTypes, ...addChecks(values, checks, { flavour })];
  return { values, others: others.map((text) => plainCondition(text, flavour)) };
}

function moduleOf(table: CatalogTable, catalog: Catalog): string {
  const { name, columns } = table;
  const { values, others } = columnsOf(table, catalog);
  const driver = DRIVERS[catalog.flavour];
  const row = `${camel(name)}Row`;
  const type = row.slice(0, 1).toUpperCase() + row.slice(1);
  const entries = columns.map((column) => {
    const key = `  ${keyOf(column.name)}: `;
    const nullable = column.nullable && catalog.types.get(column.type)?.nullable !== false;
    const code = codeOf(values.get(column.name)!, nullable);
    const printed = print(code, { indent: 2, before: key.length, after: 1 });
    return `${comment(column.comment, "  ")}${key}${printed},\n`;
  });
  const of = inComment(`from ${table.kind} ${name} of ${catalog.schema}`);
  const fields = entries.length === 0 ? "" : `\n${entries.join("")}`;
  return [
    `${HEADER} ${of}. Run it again, change nothing here.\n`,
    `import * as v from "valibot";\n\n`,
    `${about(table, driver, others)}export const ${row} = v.strictObject({${fields}});\n\n`,
    `${comment(`A row of ${name}.`)}export type ${type} = v.InferOutput<typeof ${row}>;\n`,
  ].join("");
}

export function modulesOf(catalog: Catalog): Map<string, { table: string; text: string }> {
  const modules = new Map<string, { table: string; text: string }>();
  const taken = new Set<string>();
  for (const table of catalog.tables.values()) {
    const stem = table.name.replace(/[^\p{L}\p{N}_-]/gu, "_");
    let file = `${stem}.ts`;
    // Some file systems ignore case.
    for (let more = 2; taken.has(file.toLowerCase()); more++) file = `${stem}_${more}.ts`;
    taken.add(file.toLowerCase());
    modules.set(file, { table: table.name, text: moduleOf(table, catalog) });
  }
  return modules;
}
