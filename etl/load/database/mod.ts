export { connect } from "./connection/connect.ts";
export { DatabaseError, isPasswordRefused, redact } from "./connection/faults.ts";
export { type Answer, type Database } from "./connection/session.ts";
export { parseTarget, type Target } from "./connection/url.ts";

export { Alter, type Aspect, type Dropped } from "./ddl/alter.ts";
export { type Flavour, layOut, PRODUCTS, script } from "./ddl/builder.ts";
export * from "./ddl/create.ts";
export * from "./ddl/model.ts";

export type { Catalog, CatalogColumn, CatalogTable, Key } from "./catalog/catalog.ts";
export { plainCondition } from "./catalog/condition.ts";
export { expectedTables } from "./catalog/expected.ts";
export { type Expression, readExpression } from "./catalog/expression.ts";
export { readCatalog } from "./catalog/read.ts";

export { DRIVERS, driverValues } from "./values/driver.ts";
export type { DriverValue } from "./values/value.ts";

export { type Dialect, DIALECTS } from "./views/dialect.ts";
export * from "./views/views.ts";

export * from "./dump/client.ts";
export * from "./dump/contents.ts";
export * from "./dump/scratch.ts";

export { load, type LoadResult, planText } from "./load.ts";
export { openDataset } from "./loadable.ts";
export * from "./roles.ts";
export { HISTORY, readVersion, requireVisible } from "./state.ts";
