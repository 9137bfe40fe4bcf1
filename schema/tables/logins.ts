import { column, type TypedColumn } from "../column.ts";
import { type Table, table } from "../table.ts";
import * as value from "../values.ts";
import { users } from "./users.ts";

/** One row for each person; passwords, salts and weaker hashes are never stored. */
export const logins: Table<"logins", {
  readonly user_id: TypedColumn<"uuid">;
  readonly login_external_uuid: TypedColumn<"uuid">;
  readonly username: TypedColumn<"text">;
  readonly sha256: TypedColumn<"text">;
}> = table({
  name: "logins",
  description: "Logins: one row a person; of the password only the API's SHA-256.",
  primaryKey: ["user_id"],
  foreignKeys: [{ column: "user_id", references: "users", total: true }],
  columns: {
    user_id: users.columns.user_id,
    login_external_uuid: column(value.uuid, {
      type: "uuid",
      privacy: "sensitive",
      description: "The API's uuid: depends on seed, page and position only; no identity.",
      source: "login.uuid",
      example: "5ca1ab1e-0000-4000-8000-00000c0ffee0",
    }),
    username: column(value.text, {
      type: "text",
      privacy: "sensitive",
      description: "User name; 2% to 9% repeat.",
      source: "login.username",
      example: "happyexample123",
    }),
    sha256: column(value.sha256, {
      type: "text",
      privacy: "sensitive",
      description: "SHA-256 of password and salt.",
      source: "login.sha256",
      example: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    }),
  },
});
