import { column, type TypedColumn } from "../column.ts";
import { type Table, table } from "../table.ts";
import * as value from "../values.ts";
import { users } from "./users.ts";

/** One row for each time zone; the API has 30. */
export const timezones: Table<"timezones", {
  readonly timezone_code: TypedColumn<"text">;
  readonly utc_offset: TypedColumn<"text">;
  readonly description: TypedColumn<"text">;
}> = table({
  name: "timezones",
  description: "Time zones: offset from UTC and the cities the API names.",
  primaryKey: ["timezone_code"],
  foreignKeys: [],
  columns: {
    timezone_code: users.columns.timezone_code,
    utc_offset: column(value.utcOffset, {
      type: "text",
      privacy: "public",
      description: "Offset from UTC as the API writes it.",
      source: "location.timezone.offset",
      unit: "hours:minutes",
      example: "+5:45",
    }),
    description: column(value.text, {
      type: "text",
      privacy: "public",
      description: "Cities and regions of the zone.",
      source: "location.timezone.description",
      example: "Kathmandu",
    }),
  },
});
