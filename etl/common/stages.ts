// The stages at which data is checked.

/** Saved pages before they become tables, the tables, and those in a database. */
export const STAGES = ["pages", "tables", "database"] as const;
