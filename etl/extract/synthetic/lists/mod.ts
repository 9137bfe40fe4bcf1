// Names and places by nationality. Made up or in wide use: nobody's in particular.
import type { Nationality } from "../../../../schema/mod.ts";
import * as eastern from "./eastern.ts";
import * as english from "./english.ts";
import type { Lists } from "./list.ts";
import * as northern from "./northern.ts";
import * as southern from "./southern.ts";

export type { Lists } from "./list.ts";

/** What the people of each nationality are made of. */
export const LISTS: Readonly<Record<Nationality, Lists>> = {
  ...english,
  ...northern,
  ...southern,
  ...eastern,
};
