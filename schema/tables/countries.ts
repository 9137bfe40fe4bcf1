import { column, type TypedColumn } from "../column.ts";
import { type Table, table } from "../table.ts";
import * as value from "../values.ts";
import { users } from "./users.ts";

/** One row for each country; the API has 21. */
export const countries: Table<"countries", {
  readonly country_code: TypedColumn<"text">;
  readonly country_name: TypedColumn<"text">;
}> = table({
  name: "countries",
  description: "Countries: one to one with the API's nationalities.",
  primaryKey: ["country_code"],
  foreignKeys: [],
  columns: {
    country_code: users.columns.country_code,
    country_name: column(value.filledText, {
      type: "text",
      privacy: "public",
      description: "Name of the country in English.",
      source: "location.country",
      example: "Australia",
    }),
  },
});
