// Compares keys, checks and indexes by content, because copying tools change their names.
import {
  addForeignKey,
  type CatalogTable,
  createIndex,
  type Dropped,
  type Flavour,
  type Key,
  plainCondition,
  referencesOf,
  tableChecks,
} from "../../load/database/mod.ts";
import { differ, type Difference, type DifferenceKind, type Pair } from "./difference.ts";

interface Rule {
  readonly name: string;
  readonly says: string;
}

interface Sort {
  readonly what: Dropped;
  /** Without a kind for a changed rule, a change counts as one added and one missing. */
  readonly kinds: readonly [
    missing: DifferenceKind,
    added: DifferenceKind,
    changed?: DifferenceKind,
  ];
  readonly of: (table: CatalogTable, flavour: Flavour) => readonly Rule[];
  readonly add: (rule: Rule, pair: Pair) => string;
}

function ruleOf({ name, special }: Pick<Key, "name" | "special">, says: string): Rule {
  return { name, says: special === "" ? says : `${says}, ${special}` };
}

function columnsRule(key: Key): Rule {
  return ruleOf(key, key.columns.join(", "));
}

const SORTS: readonly Sort[] = [
  {
    what: "primary key",
    kinds: ["missing_primary_key", "changed_primary_key", "changed_primary_key"],
    of: ({ primaryKey }) => primaryKey.map(columnsRule),
    add: (_, { table, alter }) => alter.addKey("primary", table),
  },
  {
    what: "unique key",
    kinds: ["missing_unique_key", "added_unique_key"],
    of: ({ unique }) => unique.map(columnsRule),
    add: (_, { table, alter }) => alter.addKey("unique", table),
  },
  {
    what: "foreign key",
    kinds: ["missing_foreign_key", "added_foreign_key", "changed_foreign_key"],
    of: ({ foreignKeys }) =>
      foreignKeys.map((key) => {
        const to = `${key.table} (${key.references.join(", ")})`;
        return ruleOf(key, `${key.columns.join(", ")} to ${to}, on delete ${key.onDelete}`);
      }),
    add: ({ name }, { table, catalog: { flavour } }) => {
      const reference = referencesOf(table).find(({ constraint }) => constraint === name)!;
      return addForeignKey({ table, reference }, flavour);
    },
  },
  {
    what: "check",
    kinds: ["missing_check", "added_check", "changed_check"],
    of: ({ checks }, flavour) =>
      checks.map((check) => ruleOf(check, plainCondition(check.text, flavour))),
    add: ({ name }, { table, alter, catalog: { flavour } }) => {
      const check = tableChecks(table, flavour).find((check) => check.name === name)!;
      return alter.addCheck(table.name, check);
    },
  },
  {
    what: "index",
    kinds: ["missing_index", "added_index"],
    of: ({ indexes }) => indexes.map(columnsRule),
    add: ({ says }, { table, catalog: { flavour } }) =>
      createIndex({ table, column: says }, flavour),
  },
];

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

function compareSort({ what, kinds, of, add }: Sort, pair: Pair): Difference[] {
  const [missing, added, changed] = kinds;
  const { table: { name: table }, alter, catalog: { flavour } } = pair;
  const [lost, extra] = unmatched(of(pair.expected, flavour), of(pair.found, flavour));
  const theirs = new Set(extra);
  const place = (name: string) => `${table}: ${name}`;
  const drop = (name: string) => alter.drop(what, { table, name });
  const ours = lost.map((rule): Difference => {
    const { name, says: expected } = rule;
    // A rule with the same name, or the only possible one, is the replacement.
    const other = extra.find((other) => other.name === name || what === "primary key");
    if (changed === undefined || other === undefined) {
      return differ(missing, place(name), { expected, sql: [add(rule, pair)] });
    }
    theirs.delete(other);
    const sql = [drop(other.name), add(rule, pair)];
    return differ(changed, place(other.name), { expected, found: other.says, sql });
  });
  const more = [...theirs].map(({ name, says: found }) =>
    differ(added, place(name), { found, sql: [drop(name)] })
  );
  return [...ours, ...more];
}

export function compareKeys(pair: Pair): Difference[] {
  return SORTS.filter(({ what }) => !pair.catalog.hides.some((hidden) => hidden === what))
    .flatMap((sort) => compareSort(sort, pair));
}
