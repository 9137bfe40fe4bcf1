// The catalog of PostgreSQL: `pg_catalog`, which hides nothing.
import type { Answer, Database } from "../connection/session.ts";
import { type CatalogContent, type CatalogType, tablesOf } from "./catalog.ts";

/** Tables and views of the schema, except partitions and tables of extensions. */
const RELATIONS = `with r as (
  select c.oid, c.relname, c.relkind, c.relpersistence, c.relrowsecurity, c.relforcerowsecurity
  from pg_class c
  where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p', 'f', 'v', 'm')
    and not c.relispartition
    and not exists (
      select from pg_depend d
      where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e'
    )
)`;

const columnNames = (relation: string, numbers: string) =>
  `(select json_agg(a.attname order by n.place)
    from unnest(${numbers}) with ordinality n(number, place)
    join pg_attribute a on a.attrelid = ${relation} and a.attnum = n.number)`;

const TABLES = `${RELATIONS}
select relname as name, case when relkind in ('v', 'm') then 'view' else 'table' end as kind,
  obj_description(oid, 'pg_class') as comment,
  concat_ws(', ',
    case relkind when 'p' then 'partitioned' when 'f' then 'foreign' end,
    case relpersistence when 'u' then 'unlogged' end,
    case when relrowsecurity then 'row level security' end,
    case when relforcerowsecurity then 'row level security for its owner too' end,
    case when exists (
      select from pg_trigger t
      where t.tgrelid = r.oid and t.tgisinternal and t.tgenabled in ('D', 'R')
    ) then 'foreign keys not enforced' end) as special
from r order by relname`;

const COLUMNS = `${RELATIONS}
select r.relname as table, a.attname as name, format_type(a.atttypid, a.atttypmod)
    || repeat('[]', greatest(a.attndims - 1, 0)) as type,
  (not a.attnotnull)::int as nullable,
  case when a.attgenerated = '' then pg_get_expr(d.adbin, d.adrelid) end as default,
  case when a.attgenerated <> '' then 'generated as ' || pg_get_expr(d.adbin, d.adrelid)
    when a.attidentity = 'a' then 'identity'
    when a.attidentity = 'd' then 'identity by default' end as made,
  case when a.attcollation <> t.typcollation then l.collname end as collation,
  col_description(r.oid, a.attnum) as comment
from r
join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
join pg_type t on t.oid = a.atttypid
left join pg_attrdef d on d.adrelid = r.oid and d.adnum = a.attnum
left join pg_collation l on l.oid = a.attcollation
order by r.relname, a.attnum`;

const KEYS = `${RELATIONS}
select r.relname as table, c.conname as name, c.contype as kind,
  ${columnNames("r.oid", "c.conkey")} as columns,
  concat_ws(', ',
    case when not c.convalidated then 'not valid' end,
    case when c.condeferrable then 'deferrable' end,
    case when c.confupdtype not in (' ', 'a', 'r') then 'on update ' ||
      case c.confupdtype when 'c' then 'cascade' when 'n' then 'set null' else 'set default' end
    end) as special,
  (select f.relname from pg_class f where f.oid = c.confrelid) as target, ${
  columnNames("c.confrelid", "c.confkey")
} as references,
  case c.confdeltype when 'c' then 'cascade' when 'n' then 'set null' when 'd' then 'set default'
    else 'restrict' end as on_delete
from r join pg_constraint c on c.conrelid = r.oid and c.contype in ('p', 'u', 'f')
where c.conparentid = 0
order by r.relname, c.conname`;

const INDEXES = `${RELATIONS}
select r.relname as table, i.relname as name, x.indisunique::int as is_unique,
  (select json_agg(pg_get_indexdef(x.indexrelid, n, true) order by n)
    from generate_series(1, x.indnkeyatts) n) as columns,
  concat_ws(', ',
    case when m.amname <> 'btree' then 'using ' || m.amname end,
    case when not x.indisvalid then 'invalid' end,
    'where ' || pg_get_expr(x.indpred, x.indrelid)) as special
from r
join pg_index x on x.indrelid = r.oid
join pg_class i on i.oid = x.indexrelid
join pg_am m on m.oid = i.relam
where not exists (
  select from pg_constraint c where c.conindid = x.indexrelid and c.contype in ('p', 'u', 'x')
)
order by r.relname, i.relname`;

const CHECKS = `${RELATIONS}
select r.relname as table, c.conname as name, pg_get_expr(c.conbin, c.conrelid) as text,
  case when not c.convalidated then 'not valid' end as special
from r join pg_constraint c on c.conrelid = r.oid and c.contype = 'c'
order by r.relname, c.conname`;

const TRIGGERS = `${RELATIONS}
select r.relname as table, t.tgname as name,
  case t.tgenabled when 'D' then 'disabled' when 'R' then 'on replicas only' end as special
from r join pg_trigger t on t.tgrelid = r.oid and not t.tgisinternal
order by r.relname, t.tgname`;

/** Enumerations and domains, with the names that `format_type` gives for columns. */
const TYPES = `select format_type(t.oid, null) as name,
  (select json_agg(e.enumlabel order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid)
    as labels,
  case when t.typtype = 'd' then format_type(t.typbasetype, t.typtypmod) end as base,
  (select json_agg(pg_get_expr(c.conbin, 0)) from pg_constraint c where c.contypid = t.oid)
    as checks,
  (not t.typnotnull)::int as nullable
from pg_type t where t.typtype in ('d', 'e')`;

const OTHER_SCHEMAS = `select distinct n.nspname as name
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p', 'f', 'v', 'm') and n.nspname !~ '^pg_'
  and n.nspname <> 'information_schema' and n.nspname <> current_schema()
order by 1`;

function typeOf({ labels, base, checks, nullable }: Answer): CatalogType {
  return {
    ...(labels ? { labels: JSON.parse(labels) } : {}),
    ...(base ? { base } : {}),
    checks: JSON.parse(checks ?? "[]"),
    nullable: nullable === "1",
  };
}

export async function readPostgres({ ask }: Database): Promise<CatalogContent> {
  const indexes = await ask(INDEXES);
  const tables = tablesOf({
    tables: await ask(TABLES),
    columns: await ask(COLUMNS),
    keys: [
      ...await ask(KEYS),
      ...indexes.filter((row) => row["is_unique"] === "1").map((row) => ({ ...row, kind: "u" })),
    ],
    checks: await ask(CHECKS),
    indexes: indexes.filter((row) => row["is_unique"] !== "1"),
    triggers: await ask(TRIGGERS),
  });
  const types = (await ask(TYPES)).map((row) => [row["name"] ?? "", typeOf(row)] as const);
  const otherSchemas = (await ask(OTHER_SCHEMAS)).map(({ name }) => name ?? "");
  return { tables, types: new Map(types), hides: [], otherSchemas };
}
