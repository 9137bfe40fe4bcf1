export { cookbook } from "./cookbook.ts";
export { renewFiles, staleFiles } from "./files.ts";
import type { AnyTable } from "../../schema/mod.ts";
import { dataContract } from "./data_contract.ts";
import { dbtModels, dbtPersonMacros, dbtSources } from "./dbt.ts";
import { dictionary, mermaid } from "./dictionary.ts";
import { erdDot } from "../report/diagram/erd.ts";
import type { Content } from "./files.ts";
import { drawGraph } from "../report/diagram/graphviz.ts";
import { svgToPdf } from "./pdf.ts";
import { cliReference, type CommandHelp, reference } from "./reference.ts";
import { dataPackage, rowSchema } from "./schema_json.ts";
import { databaseSql, duckdbSql, sparkSql } from "./sql.ts";

export interface DocsSource {
  /** Tables in dependency order: referenced tables come first. */
  readonly tables: readonly AnyTable[];
  readonly commands: readonly CommandHelp[];
}

export type Files = Readonly<Record<string, Content>>;

/** Generates the documents. The result is the same on any day and machine. */
export async function generateDocs({ tables, commands }: DocsSource): Promise<Files> {
  const erd = await drawGraph(erdDot(tables));
  const rowSchemas = tables.map((table) =>
    [`docs/schema/${table.name}.schema.json`, rowSchema(table)] as const
  );
  return {
    "README.md": { block: "erd", text: mermaid(tables) },
    "docs/erd.svg": erd,
    "docs/erd.pdf": await svgToPdf(erd, "The tables and their keys"),
    "docs/dictionary.md": dictionary(tables),
    "docs/cli.md": cliReference(commands),
    "docs/reference.md": reference(),
    "docs/schema/duckdb.sql": duckdbSql(tables),
    "docs/schema/postgres.sql": databaseSql(tables, "postgres"),
    "docs/schema/mysql.sql": databaseSql(tables, "mysql"),
    "docs/schema/spark.sql": sparkSql(tables),
    "docs/schema/datacontract.yaml": dataContract(tables),
    "docs/schema/datapackage.json": dataPackage(tables, "parquet"),
    "docs/schema/datapackage-csv.json": dataPackage(tables, "csv"),
    "docs/schema/dbt_sources.yml": dbtSources(tables),
    "deploy/dbt/models/tables/schema.yml": dbtModels(tables),
    "deploy/dbt/macros/person.sql": dbtPersonMacros(),
    ...Object.fromEntries(rowSchemas),
  };
}
