/**
 * Changes to tables, roles and several objects by SQL, and the differences that `drift` reports.
 *
 * @module
 */
import type { Way } from "./drift_way.ts";

const CITY = "comment 'City; may hold quotes and double spaces. Privacy: personal.'";

/** The changes by name. */
export const TABLE_WAYS: Readonly<Record<string, Way>> = {
  "a table has another comment": {
    change: {
      postgres: ["comment on table users is 'Customers'"],
      mysql: ["alter table users comment 'Customers'"],
    },
    differs: [["comment", "users"]],
    found: "Customers",
  },
  "a column loses its comment": {
    change: {
      postgres: ["comment on column users.city is null"],
      mysql: ["alter table users modify city text not null"],
    },
    differs: [["comment", "users.city"]],
    found: "–",
  },
  "a column has another collation": {
    change: {
      postgres: [`alter table users alter column city type text collate "C"`],
      mysql: [`alter table users modify city text collate utf8mb4_general_ci not null ${CITY}`],
    },
    differs: [["collation", "users.city"]],
    found: { postgres: "C", mysql: "utf8mb4_general_ci" },
  },
  "a table is dropped": {
    change: ["drop table altids"],
    differs: [["missing_table", "altids"]],
    load: true,
  },
  "a table is added": {
    change: ["create table notes (note_key bigint primary key, note text)"],
    differs: [["added_table", "notes"]],
    undo: ["drop table notes"],
  },
  "a trigger is added": {
    change: {
      postgres: [
        "create or replace function nothing() returns trigger language plpgsql as 'begin return new; end'",
        "create trigger meddle before update on users for each row execute function nothing()",
      ],
      mysql: ["create trigger meddle before update on users for each row set new.city = new.city"],
    },
    differs: [["trigger", "users: meddle"]],
  },
  "row level security hides rows": {
    change: ["alter table users enable row level security"],
    differs: [["changed_table", "users"]],
    found: "table, row level security",
    only: "postgres",
  },
  "row level security hides rows from the owner": {
    change: [
      "alter table users enable row level security",
      "alter table users force row level security",
    ],
    differs: [["changed_table", "users"]],
    found: "table, row level security, row level security for its owner too",
    only: "postgres",
  },
  "foreign keys are no longer enforced": {
    change: ["alter table logins disable trigger all"],
    differs: [["changed_table", "logins"]],
    found: "table, foreign keys not enforced",
    only: "postgres",
  },
  "a trigger is added and disabled": {
    change: [
      "create or replace function nothing() returns trigger language plpgsql as 'begin return new; end'",
      "create trigger meddle before update on users for each row execute function nothing()",
      "alter table users disable trigger meddle",
    ],
    differs: [["trigger", "users: meddle"]],
    found: "a trigger, disabled",
    only: "postgres",
  },
  "the tables are of another version": {
    change: ["update debr_meta set schema_version = 99"],
    differs: [["version", "debr_meta"]],
    found: "version 99",
    undo: ["update debr_meta set schema_version = 1"],
  },
  "a reader may see logins": {
    change: ["grant select on logins to debr_reader"],
    differs: [["added_grant", "debr_reader on logins"]],
    found: "select",
  },
  "a reader may see one column of logins": {
    change: ["grant select (username) on logins to debr_reader"],
    differs: [["added_grant", "debr_reader on logins"]],
    found: "select of some columns",
    undo: ["revoke select (username) on logins from debr_reader"],
  },
  "a reader may change users": {
    change: ["grant update on users to debr_reader"],
    differs: [["added_grant", "debr_reader on users"]],
  },
  "a reader may no longer see users": {
    change: ["revoke select on users from debr_reader"],
    differs: [["missing_grant", "debr_reader on users"]],
    found: "–",
  },
  "a role is dropped": {
    change: {
      postgres: ["drop owned by debr_reader", "drop role debr_reader"],
      mysql: ["drop role debr_reader"],
    },
    differs: [["missing_role", "debr_reader"]],
  },
  "several objects change": {
    change: {
      postgres: [
        "alter table users add column nickname text, alter column city drop not null",
        "alter table logins drop constraint logins_unique",
      ],
      mysql: [
        `alter table users add column nickname text, modify city text null ${CITY}`,
        "alter table logins add index (user_key)",
        "alter table logins drop index logins_unique",
      ],
    },
    differs: [
      ["nullability", "users.city"],
      ["added_column", "users.nickname"],
      ["missing_unique_key", "logins: logins_unique"],
    ],
    mysql: [
      ["nullability", "users.city"],
      ["added_column", "users.nickname"],
      ["missing_unique_key", "logins: logins_unique"],
      ["added_index", "logins: user_key"],
    ],
    undo: {
      postgres: [
        "alter table users drop column nickname, alter column city set not null",
        "alter table logins add constraint logins_unique unique (user_key)",
      ],
      mysql: [
        `alter table users drop column nickname, modify city text not null ${CITY}`,
        "alter table logins add constraint logins_unique unique (user_key)",
        "alter table logins drop index user_key",
      ],
    },
  },
};
