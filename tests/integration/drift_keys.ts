/**
 * Changes to keys, checks and indexes by SQL, and the differences that `drift` reports.
 *
 * @module
 */
import type { Way } from "./drift_way.ts";

const KEY = "comment 'Made by the database.'";

/** The changes by name. */
export const KEY_WAYS: Readonly<Record<string, Way>> = {
  "the primary key is dropped": {
    change: {
      postgres: ["alter table altids drop constraint altids_pkey"],
      mysql: [`alter table altids modify altid_key bigint not null ${KEY}, drop primary key`],
    },
    differs: [["missing_primary_key", "altids: primary key"]],
    mysql: [["identity", "altids.altid_key"], ["missing_primary_key", "altids: primary key"]],
    undo: {
      postgres: ["alter table altids add primary key (altid_key)"],
      mysql: [
        `alter table altids add primary key (altid_key), modify altid_key bigint not null auto_increment ${KEY}`,
      ],
    },
  },
  "a unique key is dropped": {
    change: {
      postgres: ["alter table users drop constraint users_unique"],
      mysql: ["alter table users drop index users_unique"],
    },
    differs: [["missing_unique_key", "users: users_unique"]],
  },
  "a unique key is added": {
    change: {
      postgres: ["alter table media add constraint one_url unique (large_url)"],
      mysql: ["alter table media add unique one_url (large_url(255))"],
    },
    differs: [["added_unique_key", "media: one_url"]],
    found: { postgres: "large_url", mysql: "large_url, only large_url(255)" },
  },
  "a foreign key is dropped": {
    change: {
      postgres: ["alter table users drop constraint users_media_key_fkey"],
      mysql: ["alter table users drop foreign key users_media_key_fkey"],
    },
    differs: [["missing_foreign_key", "users: users_media_key_fkey"]],
  },
  "a foreign key cascades deletes": {
    change: {
      postgres: [
        "alter table users drop constraint users_country_key_fkey",
        "alter table users add constraint users_country_key_fkey foreign key (country_key) references countries on delete cascade",
      ],
      mysql: [
        "alter table users drop foreign key users_country_key_fkey",
        "alter table users add constraint users_country_key_fkey foreign key (country_key) references countries (country_key) on delete cascade",
      ],
    },
    differs: [["changed_foreign_key", "users: users_country_key_fkey"]],
    found: "country_key to countries (country_key), on delete cascade",
  },
  "a foreign key is not checked": {
    change: [
      "alter table users drop constraint users_country_key_fkey",
      "alter table users add constraint users_country_key_fkey foreign key (country_key) references countries not valid",
    ],
    differs: [["changed_foreign_key", "users: users_country_key_fkey"]],
    only: "postgres",
  },
  "a check is dropped": {
    change: ["alter table users drop constraint users_latitude_check"],
    differs: [["missing_check", "users: users_latitude_check"]],
  },
  "a check allows more": {
    change: [
      "alter table users drop constraint users_gender_check",
      "alter table users add constraint users_gender_check check (gender in ('female', 'male', 'other'))",
    ],
    differs: [["changed_check", "users: users_gender_check"]],
    found: "gender in ('female', 'male', 'other')",
  },
  "a check is added": {
    change: ["alter table users add constraint only_some check (street_number > -5 or city = '')"],
    differs: [["added_check", "users: only_some"]],
    found: "street_number > -5 or city = ''",
  },
  "an index is dropped": {
    change: {
      postgres: ["drop index users_media_key_index"],
      mysql: [
        "alter table users drop foreign key users_media_key_fkey",
        "drop index users_media_key_fkey on users",
      ],
    },
    differs: [["missing_index", "users: users_media_key_index"]],
    mysql: [
      ["missing_foreign_key", "users: users_media_key_fkey"],
      ["missing_index", "users: users_media_key_index"],
    ],
    undo: {
      postgres: ["create index users_media_key_index on users (media_key)"],
      mysql: [
        "alter table users add constraint users_media_key_fkey foreign key (media_key) references media (media_key)",
      ],
    },
  },
  "an index is added": {
    change: ["create index by_number on users (street_number)"],
    differs: [["added_index", "users: by_number"]],
    found: "street_number",
  },
  "an index is duplicated": {
    change: ["create index again on users (country_key)"],
    differs: [["added_index", "users: again"]],
    // MySQL drops the index that it made itself.
    only: "postgres",
  },
};
