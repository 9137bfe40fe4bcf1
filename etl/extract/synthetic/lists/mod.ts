// Names and places by nationality, invented or common, so that they identify nobody.
import type { Nationality } from "../../../../schema/mod.ts";
import * as eastern from "./eastern.ts";
import * as english from "./english.ts";
import type { Lists } from "./list.ts";
import * as northern from "./northern.ts";
import * as southern from "./southern.ts";

export type { Lists } from "./list.ts";

/** The names and places of each nationality. */
export const LISTS: Readonly<Record<Nationality, Lists>> = {
  ...english,
  ...northern,
  ...southern,
  ...eastern,
};
