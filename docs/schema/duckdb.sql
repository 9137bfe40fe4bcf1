-- Views over the Parquet files, for DuckDB 0.10 or later, started in the folder that holds data/:
-- duckdb -init docs/schema/duckdb.sql
-- Generated from schema/ by: deno task docs

create or replace view "countries" as select
  "country_code"::varchar as "country_code",
  "country_name"::varchar as "country_name"
from read_parquet('data/tables/countries/*.parquet');
comment on view "countries" is 'Countries: one to one with the API''s nationalities. Primary key: country_code.';
comment on column "countries"."country_code" is 'Nationality, and the country of the address. Privacy: public.';
comment on column "countries"."country_name" is 'Name of the country in English. Privacy: public.';

create or replace view "timezones" as select
  "timezone_code"::varchar as "timezone_code",
  "utc_offset"::varchar as "utc_offset",
  "description"::varchar as "description"
from read_parquet('data/tables/timezones/*.parquet');
comment on view "timezones" is 'Time zones: offset from UTC and the cities the API names. Primary key: timezone_code.';
comment on column "timezones"."timezone_code" is 'Time zone; unrelated to the country. Privacy: public.';
comment on column "timezones"."utc_offset" is 'Offset from UTC as the API writes it. Unit: hours:minutes. Privacy: public.';
comment on column "timezones"."description" is 'Cities and regions of the zone. Privacy: public.';

create or replace view "media" as select
  "media_id"::varchar as "media_id",
  "large_url"::varchar as "large_url",
  "medium_url"::varchar as "medium_url",
  "thumbnail_url"::varchar as "thumbnail_url"
from read_parquet('data/tables/media/*.parquet');
comment on view "media" is 'Portraits: the addresses of one picture in three sizes. Primary key: media_id.';
comment on column "media"."media_id" is 'Portrait. Privacy: personal.';
comment on column "media"."large_url" is 'Address of the picture, 128 pixels wide. Privacy: personal.';
comment on column "media"."medium_url" is 'Address of the picture, 72 pixels wide. Privacy: personal.';
comment on column "media"."thumbnail_url" is 'Address of the picture, 48 pixels wide. Privacy: personal.';

create or replace view "users" as select
  "user_id"::uuid as "user_id",
  "gender"::varchar as "gender",
  "title"::varchar as "title",
  "first_name"::varchar as "first_name",
  "last_name"::varchar as "last_name",
  "email"::varchar as "email",
  "phone"::varchar as "phone",
  "cell"::varchar as "cell",
  "date_of_birth"::timestamp as "date_of_birth",
  "registered_at"::timestamp as "registered_at",
  "street_number"::integer as "street_number",
  "street_name"::varchar as "street_name",
  "city"::varchar as "city",
  "state"::varchar as "state",
  "postcode"::varchar as "postcode",
  "latitude"::decimal(7, 4) as "latitude",
  "longitude"::decimal(7, 4) as "longitude",
  "country_code"::varchar as "country_code",
  "timezone_code"::varchar as "timezone_code",
  "media_id"::varchar as "media_id"
from read_parquet('data/tables/users/*.parquet');
comment on view "users" is 'People: one row each, with address and portrait, without logins and ids. Primary key: user_id. Foreign keys: country_code to countries, timezone_code to timezones, media_id to media.';
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
comment on column "users"."country_code" is 'Nationality, and the country of the address. Privacy: public.';
comment on column "users"."timezone_code" is 'Time zone; unrelated to the country. Privacy: public.';
comment on column "users"."media_id" is 'Portrait. Privacy: personal.';

create or replace view "logins" as select
  "user_id"::uuid as "user_id",
  "login_external_uuid"::uuid as "login_external_uuid",
  "username"::varchar as "username",
  "sha256"::varchar as "sha256"
from read_parquet('data/tables/logins/*.parquet');
comment on view "logins" is 'Logins: one row a person; of the password only the API''s SHA-256. Primary key: user_id. Foreign keys: user_id to users.';
comment on column "logins"."user_id" is 'debr''s own id: a UUID (version 8) from the SHA-256 over the person''s values. Privacy: personal.';
comment on column "logins"."login_external_uuid" is 'The API''s uuid: depends on seed, page and position only; no identity. Privacy: sensitive.';
comment on column "logins"."username" is 'User name; 2% to 9% repeat. Privacy: sensitive.';
comment on column "logins"."sha256" is 'SHA-256 of password and salt. Privacy: sensitive.';

create or replace view "altids" as select
  "user_id"::uuid as "user_id",
  "altid_name"::varchar as "altid_name",
  "altid_value"::varchar as "altid_value"
from read_parquet('data/tables/altids/*.parquet');
comment on view "altids" is 'Alternative ids (SSN and its kin); no row where the API gives none. Primary key: user_id, altid_name. Foreign keys: user_id to users.';
comment on column "altids"."user_id" is 'debr''s own id: a UUID (version 8) from the SHA-256 over the person''s values. Privacy: personal.';
comment on column "altids"."altid_name" is 'Kind of id. Privacy: public.';
comment on column "altids"."altid_value" is 'The id as text, leading zeros kept. Privacy: sensitive.';
