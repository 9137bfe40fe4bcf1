/** The saved pages, the tables, and the tables in a database. */
export const STAGES = ["pages", "tables", "database"] as const;
