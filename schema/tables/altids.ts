import { column, type TypedColumn } from "../column.ts";
import { type Table, table } from "../table.ts";
import * as value from "../values.ts";
import { users } from "./users.ts";

/** At most one row for each person: social security numbers and similar ids. */
export const altids: Table<"altids", {
  readonly user_id: TypedColumn<"uuid">;
  readonly altid_name: TypedColumn<"text">;
  readonly altid_value: TypedColumn<"text">;
}> = table({
  name: "altids",
  description: "Alternative ids (SSN and its kin); no row where the API gives none.",
  primaryKey: ["user_id", "altid_name"],
  foreignKeys: [{ column: "user_id", references: "users" }],
  columns: {
    user_id: users.columns.user_id,
    altid_name: column(value.filledText, {
      type: "text",
      privacy: "public",
      description: "Kind of id.",
      source: "id.name",
      example: "TFN",
    }),
    altid_value: column(value.text, {
      type: "text",
      privacy: "sensitive",
      description: "The id as text, leading zeros kept.",
      source: "id.value",
      example: "012345678",
    }),
  },
});
