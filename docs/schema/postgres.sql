-- The tables in PostgreSQL 12 or later.
-- The database generates the primary keys; debr's ids and codes are unique external keys, and
-- foreign keys point to the generated ones.
-- Generated from schema/ by: deno task docs

create table "countries" (
  "country_key" bigint generated always as identity primary key,
  "country_code" text not null,
  "country_name" text not null,
  constraint "countries_unique" unique ("country_code"),
  constraint "countries_country_code_check" check ("country_code" <> ''),
  constraint "countries_country_name_check" check ("country_name" <> '')
);

create table "timezones" (
  "timezone_key" bigint generated always as identity primary key,
  "timezone_code" text not null,
  "utc_offset" text not null,
  "description" text not null,
  constraint "timezones_unique" unique ("timezone_code"),
  constraint "timezones_timezone_code_check" check ("timezone_code" ~ '^[0-9a-f]{16}$'),
  constraint "timezones_utc_offset_check" check ("utc_offset" ~ '^[+-]?(?:[0-9]|1[0-4]):[0-5][0-9]$')
);

create table "media" (
  "media_key" bigint generated always as identity primary key,
  "media_id" text not null,
  "large_url" text not null,
  "medium_url" text not null,
  "thumbnail_url" text not null,
  constraint "media_unique" unique ("media_id"),
  constraint "media_media_id_check" check ("media_id" ~ '^[0-9a-f]{16}$')
);

create table "users" (
  "user_key" bigint generated always as identity primary key,
  "user_id" uuid not null,
  "gender" text not null,
  "title" text not null,
  "first_name" text not null,
  "last_name" text not null,
  "email" text not null,
  "phone" text not null,
  "cell" text not null,
  "date_of_birth" timestamp(3) not null,
  "registered_at" timestamp(3) not null,
  "street_number" integer not null,
  "street_name" text not null,
  "city" text not null,
  "state" text not null,
  "postcode" text not null,
  "latitude" decimal(7, 4) not null,
  "longitude" decimal(7, 4) not null,
  "country_key" bigint not null,
  "timezone_key" bigint not null,
  "media_key" bigint not null,
  constraint "users_unique" unique ("user_id"),
  constraint "users_gender_check" check ("gender" in ('female', 'male')),
  constraint "users_latitude_check" check ("latitude" between -90 and 90),
  constraint "users_longitude_check" check ("longitude" between -180 and 180)
);

create table "logins" (
  "login_key" bigint generated always as identity primary key,
  "user_key" bigint not null,
  "login_external_uuid" uuid not null,
  "username" text not null,
  "sha256" text not null,
  constraint "logins_unique" unique ("user_key"),
  constraint "logins_sha256_check" check ("sha256" ~ '^[0-9a-f]{64}$')
);

create table "altids" (
  "altid_key" bigint generated always as identity primary key,
  "user_key" bigint not null,
  "altid_name" text not null,
  "altid_value" text not null,
  constraint "altids_unique" unique ("user_key", "altid_name"),
  constraint "altids_altid_name_check" check ("altid_name" <> '')
);
comment on table "countries" is 'Countries: one to one with the API''s nationalities.';
comment on column "countries"."country_key" is 'Made by the database.';
comment on column "countries"."country_code" is 'Nationality, and the country of the address. Privacy: public.';
comment on column "countries"."country_name" is 'Name of the country in English. Privacy: public.';
comment on table "timezones" is 'Time zones: offset from UTC and the cities the API names.';
comment on column "timezones"."timezone_key" is 'Made by the database.';
comment on column "timezones"."timezone_code" is 'Time zone; unrelated to the country. Privacy: public.';
comment on column "timezones"."utc_offset" is 'Offset from UTC as the API writes it. Unit: hours:minutes. Privacy: public.';
comment on column "timezones"."description" is 'Cities and regions of the zone. Privacy: public.';
comment on table "media" is 'Portraits: the addresses of one picture in three sizes.';
comment on column "media"."media_key" is 'Made by the database.';
comment on column "media"."media_id" is 'Portrait. Privacy: personal.';
comment on column "media"."large_url" is 'Address of the picture, 128 pixels wide. Privacy: personal.';
comment on column "media"."medium_url" is 'Address of the picture, 72 pixels wide. Privacy: personal.';
comment on column "media"."thumbnail_url" is 'Address of the picture, 48 pixels wide. Privacy: personal.';
comment on table "users" is 'People: one row each, with address and portrait, without logins and ids.';
comment on column "users"."user_key" is 'Made by the database.';
comment on column "users"."user_id" is 'debr''s own id: a UUID (version 8) from the SHA-256 over the person''s values. Privacy: personal.';
comment on column "users"."gender" is 'Gender as the API gives it. Privacy: public.';
comment on column "users"."title" is 'Form of address. Privacy: personal.';
comment on column "users"."first_name" is 'Given name, in the script of the country. Privacy: personal.';
comment on column "users"."last_name" is 'Family name; may end in a space. Privacy: personal.';
comment on column "users"."email" is 'E-mail address; about 12% repeat. Privacy: personal.';
comment on column "users"."phone" is 'Telephone number in the form of the country. Privacy: personal.';
comment on column "users"."cell" is 'Mobile number in the form of the country. Privacy: personal.';
comment on column "users"."date_of_birth" is 'Moment of birth. Unit: ms since 1970, UTC. Privacy: personal.';
comment on column "users"."registered_at" is 'Moment of registration; may be before the 18th birthday. Unit: ms since 1970, UTC. Privacy: personal.';
comment on column "users"."street_number" is 'House number. Privacy: personal.';
comment on column "users"."street_name" is 'Street; empty about once in 100,000. Privacy: personal.';
comment on column "users"."city" is 'City; may hold quotes and double spaces. Privacy: personal.';
comment on column "users"."state" is 'State, province or region. Privacy: personal.';
comment on column "users"."postcode" is 'Postal code as text: Norway''s have leading zeros, others letters. Privacy: personal.';
comment on column "users"."latitude" is 'Latitude; unrelated to the country. Unit: degrees north. Privacy: personal.';
comment on column "users"."longitude" is 'Longitude; unrelated to the country. Unit: degrees east. Privacy: personal.';
comment on column "users"."country_key" is 'Nationality, and the country of the address. See countries.';
comment on column "users"."timezone_key" is 'Time zone; unrelated to the country. See timezones.';
comment on column "users"."media_key" is 'Portrait. See media.';
comment on table "logins" is 'Logins: one row a person; of the password only the API''s SHA-256.';
comment on column "logins"."login_key" is 'Made by the database.';
comment on column "logins"."user_key" is 'The row of users it belongs to.';
comment on column "logins"."login_external_uuid" is 'The API''s uuid: depends on seed, page and position only; no identity. Privacy: sensitive.';
comment on column "logins"."username" is 'User name; 2% to 9% repeat. Privacy: sensitive.';
comment on column "logins"."sha256" is 'SHA-256 of password and salt. Privacy: sensitive.';
comment on table "altids" is 'Alternative ids (SSN and its kin); no row where the API gives none.';
comment on column "altids"."altid_key" is 'Made by the database.';
comment on column "altids"."user_key" is 'The row of users it belongs to.';
comment on column "altids"."altid_name" is 'Kind of id. Privacy: public.';
comment on column "altids"."altid_value" is 'The id as text, leading zeros kept. Privacy: sensitive.';

create index "users_country_key_index" on "users" (
  "country_key"
);

create index "users_timezone_key_index" on "users" (
  "timezone_key"
);

create index "users_media_key_index" on "users" (
  "media_key"
);
alter table "users" add constraint "users_country_key_fkey" foreign key ("country_key") references "countries" ("country_key") on delete restrict;
alter table "users" add constraint "users_timezone_key_fkey" foreign key ("timezone_key") references "timezones" ("timezone_key") on delete restrict;
alter table "users" add constraint "users_media_key_fkey" foreign key ("media_key") references "media" ("media_key") on delete restrict;
alter table "logins" add constraint "logins_user_key_fkey" foreign key ("user_key") references "users" ("user_key") on delete cascade;
alter table "altids" add constraint "altids_user_key_fkey" foreign key ("user_key") references "users" ("user_key") on delete cascade;
