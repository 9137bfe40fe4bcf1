// Generates all documents from the tables and the commands, by path.
export { cookbook } from "./cookbook.ts";
export { renewFiles, staleFiles } from "./files.ts";
import type { AnyTable } from "../../schema/mod.ts";
import { dataContract } from "./data_contract.ts";
import { dataPackage } from "./data_package.ts";
import { dbtModels, dbtSources } from "./dbt.ts";
import { dbtPersonMacros } from "./dbt_person.ts";
import { dictionary } from "./dictionary.ts";
import { erdDot } from "../report/diagram/erd.ts";
import type { Content } from "./files.ts";
import { drawGraph } from "../report/diagram/graphviz.ts";
import { rowSchema } from "./json_schema.ts";
import { mermaid } from "./mermaid.ts";
import { svgToPdf } from "./pdf.ts";
import { cliReference, type CommandHelp, reference } from "./reference.ts";
import { databaseSql, duckdbSql, sparkSql } from "./sql.ts";

export type { CommandHelp } from "./reference.ts";

export interface DocsSource {
  /** Tables in dependency order: referenced tables come first. */
  readonly tables: readonly AnyTable[];
  readonly commands: readonly CommandHelp[];
}

export type Files = Readonly<Record<string, Content>>;

async function diagram({ tables }: DocsSource): Promise<Files> {
  const svg = await drawGraph(erdDot(tables));
  return {
    "docs/erd.svg": svg,
    "docs/erd.pdf": await svgToPdf(svg, "The tables and their keys"),
    "README.md": { block: "erd", text: mermaid(tables) },
  };
}

function jsonSchemas({ tables }: DocsSource): Files {
  const files = tables.map((table) => [
    `docs/schema/${table.name}.schema.json`,
    JSON.stringify(rowSchema(table), null, 2) + "\n",
  ]);
  return Object.fromEntries(files);
}

/** Generates the documents. The result is the same on any day and machine. */
export async function generateDocs(source: DocsSource): Promise<Files> {
  const { tables, commands } = source;
  return {
    ...await diagram(source),
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
    ...jsonSchemas(source),
  };
}
