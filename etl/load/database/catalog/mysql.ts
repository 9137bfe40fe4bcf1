// The catalog of MySQL and MariaDB: `information_schema` shows only what the user may use.
import type { Answer, Database } from "../connection/session.ts";
import { sql, textIn } from "../ddl/builder.ts";
import { type CatalogContent, type Hidden, tablesOf } from "./catalog.ts";

const SCHEMA = "database()";

const TABLES = `select table_name as \`name\`,
  case when table_type like '%VIEW' then 'view' else 'table' end as \`kind\`,
  case when table_type like '%VIEW' then '' else table_comment end as \`comment\`,
  case when engine <> 'InnoDB' then concat('engine ', engine) end as \`special\`
from information_schema.tables where table_schema = ${SCHEMA}
  and table_type in ('BASE TABLE', 'VIEW') order by table_name`;

const COLUMNS = `select table_name as \`table\`, column_name as \`name\`, column_type as \`type\`,
  is_nullable = 'YES' as \`nullable\`, column_default as \`default\`, extra as \`extra\`,
  generation_expression as \`expression\`, collation_name as \`collation\`,
  column_comment as \`comment\`
from information_schema.columns where table_schema = ${SCHEMA}
order by table_name, ordinal_position`;

const INDEXES =
  `select table_name as \`table\`, index_name as \`name\`, non_unique as \`non_unique\`,
  column_name as \`column\`, sub_part as \`length\`, index_type as \`type\`
from information_schema.statistics where table_schema = ${SCHEMA}
order by table_name, index_name, seq_in_index`;

const FOREIGN_KEYS = `select k.table_name as \`table\`, k.constraint_name as \`name\`,
  k.column_name as \`column\`, k.referenced_table_name as \`target\`,
  k.referenced_column_name as \`reference\`, r.delete_rule as \`on_delete\`,
  r.update_rule as \`on_update\`
from information_schema.key_column_usage k
join information_schema.referential_constraints r
  on r.constraint_schema = k.constraint_schema and r.constraint_name = k.constraint_name
  and r.table_name = k.table_name
where k.table_schema = ${SCHEMA} and k.referenced_table_name is not null
order by k.table_name, k.constraint_name, k.ordinal_position`;

/** Counts visible constraints: users who may only read tables see none. */
const CONSTRAINTS = `select count(*) as \`shown\` from information_schema.table_constraints
where table_schema = ${SCHEMA}`;

// Names of checks are unique per table in MariaDB, per schema in MySQL. MySQL may not enforce them.
const CHECKS = {
  mariadb: `select table_name as \`table\`, constraint_name as \`name\`, check_clause as \`text\`,
  null as \`special\`
from information_schema.check_constraints where constraint_schema = ${SCHEMA}
order by table_name, constraint_name`,
  mysql:
    `select t.table_name as \`table\`, t.constraint_name as \`name\`, c.check_clause as \`text\`,
  case t.enforced when 'NO' then 'not enforced' end as \`special\`
from information_schema.table_constraints t join information_schema.check_constraints c
  on c.constraint_schema = t.constraint_schema and c.constraint_name = t.constraint_name
where t.table_schema = ${SCHEMA} and t.constraint_type = 'CHECK'
order by t.table_name, t.constraint_name`,
} as const;

const TRIGGERS = `select event_object_table as \`table\`, trigger_name as \`name\`
from information_schema.triggers where event_object_schema = ${SCHEMA}
order by event_object_table, trigger_name`;

/** Merges the rows of one object, which has a row for each column. */
function grouped(rows: readonly Answer[], more: (group: readonly Answer[]) => Answer): Answer[] {
  const groups = Map.groupBy(rows, (row) => JSON.stringify([row["table"], row["name"]]));
  return [...groups.values()].map((group) => ({
    ...group[0],
    columns: JSON.stringify(group.map((row) => row["column"])),
    ...more(group),
  }));
}

function columnOf(row: Answer): Answer {
  const { extra, expression, type, default: given } = row;
  const generated = expression ? `generated as ${expression}` : undefined;
  const identity = /auto_increment/i.test(extra ?? "") ? "identity" : undefined;
  const update = /on update \S+/i.exec(extra ?? "")?.[0];
  return {
    ...row,
    // MariaDB prints display widths of integers, and MySQL 8 does not.
    type: (type ?? "").replace(/^(tiny|small|medium|big)?int\(\d+\)/, "$1int"),
    // MariaDB prints a missing default as the word NULL.
    default: given === "NULL" ? null : given ?? null,
    made: generated ?? identity ?? update ?? null,
  };
}

function indexOf([first = {}, ...others]: readonly Answer[]): Answer {
  const cut = [first, ...others].filter((row) => row["length"] !== null)
    .map((row) => `${row["column"]}(${row["length"]})`);
  const type = first["type"] === "BTREE" ? [] : [`using ${first["type"]?.toLowerCase()}`];
  const special = [...type, ...(cut.length > 0 ? [`only ${cut.join(", ")}`] : [])].join(", ");
  const kind = first["name"] === "PRIMARY" ? "p" : first["non_unique"] === "0" ? "u" : "i";
  return { kind, special, ...(kind === "p" && { name: "primary key" }) };
}

function foreignKeyOf(group: readonly Answer[]): Answer {
  const update = group[0]?.["on_update"] ?? "";
  return {
    kind: "f",
    references: JSON.stringify(group.map((row) => row["reference"])),
    special: /^(restrict|no action)$/i.test(update) ? "" : `on update ${update.toLowerCase()}`,
  };
}

/** Returns whether checks are hidden: MariaDB hides them if a role gives the right to read. */
async function hidesChecks(
  { ask, flavour }: Database,
  tables: CatalogContent["tables"],
): Promise<boolean> {
  const all = [...tables.values()];
  if (all.some(({ checks }) => checks.length > 0)) return false;
  for (const { name } of all.filter(({ kind }) => kind === "table")) {
    const [row = {}] = await ask(textIn(flavour)`show create table ${sql.id(name)}`);
    if (/\bcheck \(/i.test(row["Create Table"] ?? "")) return true;
  }
  return false;
}

/** Returns whether triggers are hidden: only users who may create them in the schema see all. */
async function hidesTriggers({ ask, flavour, schema }: Database): Promise<boolean> {
  const grants = (await ask("show grants")).flatMap((row) => Object.values(row));
  for (const grant of grants) {
    const [, may = "", name] = /^GRANT (.*) ON (?:`(.*)`|\*)\.\* TO /.exec(grant ?? "") ?? [];
    if (!/\bTRIGGER\b|^ALL PRIVILEGES/.test(may)) continue;
    if (name === undefined) return false;
    const pattern = sql.lit(name.replaceAll("``", "`"));
    const [row] = await ask(textIn(flavour)`select ${sql.lit(schema)} like ${pattern} as own`);
    if (row?.["own"] === "1") return false;
  }
  return true;
}

export async function readMysql(database: Database): Promise<CatalogContent> {
  const { ask, flavour } = database;
  const indexes = grouped(await ask(INDEXES), indexOf);
  const tables = tablesOf({
    tables: await ask(TABLES),
    columns: (await ask(COLUMNS)).map(columnOf),
    keys: [
      ...indexes.filter(({ kind }) => kind !== "i"),
      ...grouped(await ask(FOREIGN_KEYS), foreignKeyOf),
    ],
    checks: await ask(CHECKS[flavour === "mariadb" ? "mariadb" : "mysql"]),
    indexes: indexes.filter(({ kind }) => kind === "i"),
    triggers: await ask(TRIGGERS),
  });
  const [{ shown = "0" } = {}] = await ask(CONSTRAINTS);
  const hides: Hidden[] = [
    ...(shown === "0" && indexes.some(({ kind }) => kind === "p") ? ["foreign key" as const] : []),
    ...(await hidesChecks(database, tables) ? ["check" as const] : []),
    ...(await hidesTriggers(database) ? ["trigger" as const] : []),
  ];
  return { tables, types: new Map(), hides, otherSchemas: [] };
}
