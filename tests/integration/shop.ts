/**
 * A foreign database with many types, difficult names, and rows.
 *
 * @module
 */
import type { Kind } from "./load_support.ts";

const POSTGRES = [
  `create type mood as enum ('fine', 'it''s "bad"')`,
  `create domain percentage as numeric(5,2) check (value >= 0 and value <= 100)`,
  `create domain code as varchar(5) not null`,
  `create table "order items" (
    id bigint generated always as identity primary key,
    "order" integer not null check ("order" > 0),
    small smallint, amount numeric(7,4) not null, any_number numeric, thousands numeric(3,-3),
    share percentage, reference code,
    label varchar(6), fixed char(4), note text check (note <> ''),
    state text not null check (state in ('new', 'paid', 'sent')),
    level integer check (level in (1, 2, 3)),
    rating numeric(3,1) check (rating between 0 and 10),
    nick text check (length(nick) >= 2),
    feeling mood, feelings mood[],
    uid uuid not null, born date, at timestamp, seen timestamptz, opens time, shuts timetz,
    is_open boolean, ratio double precision, half real,
    data jsonb, raw bytea, bits bit(3), more_bits bit varying(5),
    words text[], counts integer[], sums numeric[], grid integer[][], days date[],
    place point, lasting interval, address inet, price money,
    twice integer generated always as (small * 2) stored,
    both_are text, constraint odd check (label is null or both_are is not null)
  )`,
  `comment on table "order items" is 'What was ordered. */ export const x = 1; /*'`,
  `comment on column "order items".amount is 'In euros */'`,
  `create table "Größe" ("__proto__" text, "a-b" text, "1st" integer, class text, "x""y" text)`,
  `create table größe (v integer)`,
  `create view open_items as select id, state from "order items" where state <> 'sent'`,
  `create table nothing ()`,
  `insert into "order items" ("order", small, amount, any_number, thousands, share, reference, label,
    fixed, note, state, level, rating, nick, feeling, feelings, uid, born, at, seen, opens, shuts,
    is_open, ratio, half, data, raw, bits, more_bits, words, counts, sums, grid, days, place, lasting,
    address, price, both_are)
  values (1, -5, -12.5, 'NaN', 123456, 99.99, 'abcde', '👍👍👍👍👍👍', 'ab', 'x', 'paid', 2, 7.5, 'Bo',
    'it''s "bad"', '{fine}', '1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed', '1990-01-31',
    '2020-02-29 12:34:56.789', now(), '24:00', '12:00+05:45', true, 'NaN', 'Infinity',
    '{"a": [1, null]}', '\\x00ff', '101', '11', '{a,null,"b,c"}', '{1,null}', '{1.5}',
    '{{1,2},{3,4}}', '{2020-02-29}', '(1,2)', '1 day 2 hours', '::1', 5, 'y')`,
  `insert into "order items" ("order", amount, reference, state, uid)
  values (1, 999.9999, '', 'new', '1b9d6bcd-bbfd-8b2d-9b5d-ab8dfbbd4bed')`,
  `insert into "Größe" values ('a', 'b', 1, 'c', 'd')`,
  `insert into größe values (-2147483648)`,
];

const MYSQL = [
  `create table \`order items\` (
    id bigint unsigned auto_increment primary key,
    \`order\` integer not null check (\`order\` > 0),
    small smallint, tiny tinyint(1), medium mediumint unsigned, amount decimal(7,4) not null,
    positive decimal(5,2) unsigned, plain decimal,
    label varchar(6), fixed char(4), note text check (note <> ''), short tinytext,
    latin varchar(3) character set latin1,
    state varchar(10) not null check (state in ('new', 'paid', 'sent')),
    level integer check (level in (1, 2, 3)),
    rating decimal(3,1) check (rating between 0 and 10),
    nick varchar(20) check (char_length(nick) >= 2),
    feeling enum('fine', 'it''s "bad"'), feelings set('a', 'b.c', 'd|e'),
    born date, at datetime(3), seen timestamp(6) null, opens time, founded year,
    ratio double, half float unsigned, data json, raw blob, fixed_raw binary(4), some_raw varbinary(4),
    bits bit(3), place point,
    twice integer generated always as (small * 2) stored,
    both_are text, constraint odd check (label is null or both_are is not null)
  ) character set utf8mb4 comment 'What was ordered. */ export const x = 1; /*'`,
  `alter table \`order items\` modify amount decimal(7,4) not null comment 'In euros */'`,
  `create table \`Größe\` (\`a-b\` text, \`1st\` integer, class text, \`x\`\`y\` text)`,
  `create view open_items as select id, state from \`order items\` where state <> 'sent'`,
  `insert into \`order items\` (\`order\`, small, tiny, medium, amount, positive, plain, label, fixed,
    note, short, latin, state, level, rating, nick, feeling, feelings, born, at, seen, opens, founded,
    ratio, half, data, raw, fixed_raw, some_raw, bits, place, both_are)
  values (1, -5, 1, 16777215, -12.5, 1, 7, '👍👍👍👍👍👍', 'ab', 'x', 'y', 'äöü', 'paid', 2, 7.5, 'Bo',
    'it''s "bad"', 'a,d|e', '1990-01-31', '2020-02-29 12:34:56.789', now(6), '-100:00:00', 1999,
    0.5, 0.25, '{"a": [1, null]}', x'00ff', x'00', x'0001', b'101', point(1, 2), 'y')`,
  `insert into \`order items\` (\`order\`, amount, state) values (1, 999.9999, 'new')`,
  `insert into \`Größe\` values ('b', 1, 'c', 'd')`,
];

/** The statements that create and fill it. */
export const SHOP: Readonly<Record<Kind, readonly string[]>> = { postgres: POSTGRES, mysql: MYSQL };

/** Changes to the schema, and a row that is valid only afterwards. */
export const CHANGED: Readonly<Record<Kind, readonly string[]>> = {
  postgres: [
    `alter table "order items" add column gift boolean not null default false`,
    `alter table "order items" alter column label type varchar(20)`,
    `alter table "order items" drop column small cascade`,
    `alter table "order items" alter column uid drop not null`,
    `alter type mood add value 'better'`,
    `alter table "order items" drop constraint "order items_state_check",
      add constraint states check (state in ('new', 'paid', 'sent', 'back'))`,
    `create table notes (id integer primary key)`,
    `drop table größe`,
    `insert into "order items" ("order", amount, reference, state, label, feeling, both_are)
      values (2, 1, 'x', 'back', 'longer than six', 'better', 'z')`,
  ],
  mysql: [
    "alter table `order items` add column gift boolean not null default false",
    "alter table `order items` modify label varchar(20)",
    "alter table `order items` drop column twice, drop column small",
    "alter table `order items` modify feeling enum('fine', 'it''s \"bad\"', 'better')",
    "alter table `order items` modify state varchar(10) not null check (state in ('new', 'paid', 'sent', 'back'))",
    "create table notes (id integer primary key)",
    "drop table `Größe`",
    "insert into `order items` (`order`, amount, state, label, feeling, both_are) " +
    "values (2, 1, 'back', 'longer than six', 'better', 'z')",
  ],
};

/** Values by column that the database refuses and the validators must refuse too. */
export const REFUSED: Readonly<Record<Kind, Readonly<Record<string, unknown>>>> = {
  postgres: {
    order: 0,
    amount: "1234.0000",
    share: "100.01",
    reference: null,
    label: "👍👍👍👍👍👍👍",
    fixed: "abcde",
    note: "",
    state: "lost",
    level: 4,
    rating: "10.5",
    nick: "B",
    feeling: "unknown",
    uid: "no uuid",
    at: "2020-02-29",
    is_open: 1,
    bits: "12",
    more_bits: "111111",
    counts: ["1"],
    twice: 1.5,
    small: 40_000,
    id: 5,
    unknown: 1,
  },
  mysql: {
    order: 0,
    amount: "1234.0000",
    positive: "-1.00",
    medium: 16777216,
    tiny: 200,
    label: "👍👍👍👍👍👍👍",
    fixed: "abcde",
    note: "",
    short: "é".repeat(128),
    latin: "abcd",
    state: "lost",
    level: 4,
    rating: "10.5",
    nick: "B",
    feeling: "unknown",
    feelings: "a,x",
    at: "2020-02-29",
    fixed_raw: new Uint8Array(5),
    some_raw: new Uint8Array(5),
    opens: "soon",
    id: -1,
    half: -1,
    unknown: 1,
  },
};
