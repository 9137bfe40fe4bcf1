// Maps the fields of a person to rows of six tables.
export {
  type ColumnData,
  type ColumnValues,
  concatRows,
  makeColumns,
  selectRows,
  type TableData,
} from "./columns.ts";
export { type Columnar, decodeTable, decodeTables, type Tables } from "./decode.ts";
export { DistinctTexts } from "./distinct.ts";
export {
  codeOf,
  IDENTITY_FIELDS,
  SEPARATOR,
  setUuid,
  userId,
  uuidAt,
  writeIdOf,
} from "./identity.ts";
export { makeReferences, type References, referenceTable } from "./references.ts";
export { PERSON_TABLES, type PersonTable, Rows } from "./rows.ts";
export { Texts } from "./texts.ts";
