export { type Dataset, openDataset } from "./dataset.ts";
export { identifier, literal } from "./engine.ts";
export { DUCKDB_TYPE, keysOf } from "./export/exporting.ts";
export { FORMATS } from "./formats/format.ts";
export { splitStatements } from "./lexer.ts";
export type { EngineName } from "./options.ts";
export { checkedParts, type KnownParts } from "./parts.ts";
export { type Question, QUESTIONS } from "./questions.ts";
