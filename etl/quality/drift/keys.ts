// Compares keys, checks and indexes by content, because copying tools change their names.
import {
  addForeignKey,
  type CatalogTable,
  createIndex,
  type Dropped,
  plainCondition,
  referencesOf,
  tableChecks,
} from "../../load/database/mod.ts";
import { type Difference, type DifferenceKind, NOTHING, type Pair } from "./difference.ts";

interface Rule {
  readonly name: string;
  readonly says: string;
}

interface Sort {
  readonly what: Dropped;
  readonly missing: DifferenceKind;
  /** The kind of a changed rule; without it, a change counts as one added and one missing. */
  readonly changed?: DifferenceKind;
  readonly added: DifferenceKind;
  readonly of: (table: CatalogTable) => readonly Rule[];
  readonly add: (rule: Rule, pair: Pair) => string;
}

const special = (says: string, { special }: { special: string }) =>
  special === "" ? says : `${says}, ${special}`;

function sortsOf({ catalog: { flavour } }: Pair): readonly Sort[] {
  return [
    {
      what: "primary key",
      missing: "missing_primary_key",
      changed: "changed_primary_key",
      added: "changed_primary_key",
      of: ({ primaryKey }) =>
        primaryKey.map((key) => ({ name: key.name, says: special(key.columns.join(", "), key) })),
      add: (_, { table, alter }) => alter.addKey("primary", table),
    },
    {
      what: "unique key",
      missing: "missing_unique_key",
      added: "added_unique_key",
      of: ({ unique }) =>
        unique.map((key) => ({ name: key.name, says: special(key.columns.join(", "), key) })),
      add: (_, { table, alter }) => alter.addKey("unique", table),
    },
    {
      what: "foreign key",
      missing: "missing_foreign_key",
      changed: "changed_foreign_key",
      added: "added_foreign_key",
      of: ({ foreignKeys }) =>
        foreignKeys.map((key) => ({
          name: key.name,
          says: special(
            `${key.columns.join(", ")} to ${key.table} (${
              key.references.join(", ")
            }), on delete ${key.onDelete}`,
            key,
          ),
        })),
      add: ({ name }, { table }) => {
        const column = referencesOf(table).find((column) =>
          name === `${table.name}_${column.name}_fkey`
        );
        return addForeignKey({ table, column: column! }, flavour);
      },
    },
    {
      what: "check",
      missing: "missing_check",
      changed: "changed_check",
      added: "added_check",
      of: ({ checks }) =>
        checks.map((check) => ({
          name: check.name,
          says: special(plainCondition(check.text, flavour), check),
        })),
      add: ({ name }, { table, alter }) => {
        const check = tableChecks(table, flavour).find((check) => check.name === name);
        return alter.addCheck(table.name, check!);
      },
    },
    {
      what: "index",
      missing: "missing_index",
      added: "added_index",
      of: ({ indexes }) =>
        indexes.map((key) => ({ name: key.name, says: special(key.columns.join(", "), key) })),
      add: ({ says }, { table }) => createIndex({ table, column: says }, flavour),
    },
  ];
}

/** Returns the rules of only one side; a repeated rule counts as added. */
function unmatched(wanted: readonly Rule[], there: readonly Rule[]): [Rule[], Rule[]] {
  const added = [...there];
  const lost = wanted.filter(({ name, says }) => {
    const same = (rule: Rule) => rule.says === says;
    const named = added.findIndex((rule) => same(rule) && rule.name === name);
    const at = named === -1 ? added.findIndex(same) : named;
    if (at !== -1) added.splice(at, 1);
    return at === -1;
  });
  return [lost, added];
}

function compareSort(sort: Sort, pair: Pair): Difference[] {
  const { table: { name: table }, alter } = pair;
  const [wanted, there] = [sort.of(pair.expected), sort.of(pair.found)];
  const [lost, added] = unmatched(wanted, there);
  const theirs = new Set(added);
  const differences = lost.map((rule): Difference => {
    // A rule with the same name, or the only possible one, is the replacement.
    const other = sort.changed === undefined
      ? undefined
      : added.find(({ name }) => name === rule.name || sort.what === "primary key");
    const add = sort.add(rule, pair);
    if (other === undefined || sort.changed === undefined) {
      return {
        kind: sort.missing,
        place: `${table}: ${rule.name}`,
        expected: rule.says,
        found: NOTHING,
        sql: [add],
      };
    }
    theirs.delete(other);
    return {
      kind: sort.changed,
      place: `${table}: ${other.name}`,
      expected: rule.says,
      found: other.says,
      sql: [alter.drop(sort.what, { table, name: other.name }), add],
    };
  });
  const more = [...theirs].map(({ name, says }): Difference => ({
    kind: sort.added,
    place: `${table}: ${name}`,
    expected: NOTHING,
    found: says,
    sql: [alter.drop(sort.what, { table, name })],
  }));
  return [...differences, ...more];
}

export function compareKeys(pair: Pair): Difference[] {
  return sortsOf(pair)
    .filter(({ what }) => !pair.catalog.hides.some((hidden) => hidden === what))
    .flatMap((sort) => compareSort(sort, pair));
}
