export * from "./columns.ts";
export * from "./decode.ts";
export { DistinctTexts } from "./distinct.ts";
export * from "./identity.ts";
export { IdColumn, sortIds } from "./ids.ts";
export { makeReferences, type References, referenceTable } from "./references.ts";
export * from "./rows.ts";
export { Texts } from "./texts.ts";
