import { column, type TypedColumn } from "../column.ts";
import { type Table, table } from "../table.ts";
import * as value from "../values.ts";
import { users } from "./users.ts";

/** One row for each portrait; all people share about 200. */
export const media: Table<"media", {
  readonly media_id: TypedColumn<"text">;
  readonly large_url: TypedColumn<"text">;
  readonly medium_url: TypedColumn<"text">;
  readonly thumbnail_url: TypedColumn<"text">;
}> = table({
  name: "media",
  description: "Portraits: the addresses of one picture in three sizes.",
  primaryKey: ["media_id"],
  foreignKeys: [],
  columns: {
    media_id: users.columns.media_id,
    large_url: column(value.url, {
      type: "text",
      privacy: "personal",
      description: "Address of the picture, 128 pixels wide.",
      source: "picture.large",
      example: "https://randomuser.me/api/portraits/women/0.jpg",
    }),
    medium_url: column(value.url, {
      type: "text",
      privacy: "personal",
      description: "Address of the picture, 72 pixels wide.",
      source: "picture.medium",
      example: "https://randomuser.me/api/portraits/med/women/0.jpg",
    }),
    thumbnail_url: column(value.url, {
      type: "text",
      privacy: "personal",
      description: "Address of the picture, 48 pixels wide.",
      source: "picture.thumbnail",
      example: "https://randomuser.me/api/portraits/thumb/women/0.jpg",
    }),
  },
});
