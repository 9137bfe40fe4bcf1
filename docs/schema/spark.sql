-- Tables over the Parquet files and views with UUIDs as text, for Spark 3.4 or later:
-- spark-sql --conf spark.debr.tables="$PWD/data/tables" -f docs/schema/spark.sql
-- Generated from schema/ by: deno task docs

create table if not exists `countries_parquet` (
  `country_code` string,
  `country_name` string
) using parquet location '${spark.debr.tables}/countries';
create or replace view `countries` (
  `country_code` comment 'Nationality, and the country of the address. Privacy: public.',
  `country_name` comment 'Name of the country in English. Privacy: public.'
) comment 'Countries: one to one with the API\'s nationalities. Primary key: country_code.' as select
  `country_code`,
  `country_name`
from `countries_parquet`;

create table if not exists `timezones_parquet` (
  `timezone_code` string,
  `utc_offset` string,
  `description` string
) using parquet location '${spark.debr.tables}/timezones';
create or replace view `timezones` (
  `timezone_code` comment 'Time zone; unrelated to the country. Privacy: public.',
  `utc_offset` comment 'Offset from UTC as the API writes it. Unit: hours:minutes. Privacy: public.',
  `description` comment 'Cities and regions of the zone. Privacy: public.'
) comment 'Time zones: offset from UTC and the cities the API names. Primary key: timezone_code.' as select
  `timezone_code`,
  `utc_offset`,
  `description`
from `timezones_parquet`;

create table if not exists `media_parquet` (
  `media_id` string,
  `large_url` string,
  `medium_url` string,
  `thumbnail_url` string
) using parquet location '${spark.debr.tables}/media';
create or replace view `media` (
  `media_id` comment 'Portrait. Privacy: personal.',
  `large_url` comment 'Address of the picture, 128 pixels wide. Privacy: personal.',
  `medium_url` comment 'Address of the picture, 72 pixels wide. Privacy: personal.',
  `thumbnail_url` comment 'Address of the picture, 48 pixels wide. Privacy: personal.'
) comment 'Portraits: the addresses of one picture in three sizes. Primary key: media_id.' as select
  `media_id`,
  `large_url`,
  `medium_url`,
  `thumbnail_url`
from `media_parquet`;

create table if not exists `users_parquet` (
  `user_id` binary,
  `gender` string,
  `title` string,
  `first_name` string,
  `last_name` string,
  `email` string,
  `phone` string,
  `cell` string,
  `date_of_birth` timestamp_ntz,
  `registered_at` timestamp_ntz,
  `street_number` int,
  `street_name` string,
  `city` string,
  `state` string,
  `postcode` string,
  `latitude` decimal(7, 4),
  `longitude` decimal(7, 4),
  `country_code` string,
  `timezone_code` string,
  `media_id` string
) using parquet location '${spark.debr.tables}/users';
create or replace view `users` (
  `user_id` comment 'debr\'s own id: a UUID (version 8) from the SHA-256 over the person\'s values. Privacy: personal.',
  `gender` comment 'Gender as the API gives it. Privacy: public.',
  `title` comment 'Form of address. Privacy: personal.',
  `first_name` comment 'Given name, in the script of the country. Privacy: personal.',
  `last_name` comment 'Family name; may end in a space. Privacy: personal.',
  `email` comment 'E-mail address; about 12% repeat. Privacy: personal.',
  `phone` comment 'Telephone number in the form of the country. Privacy: personal.',
  `cell` comment 'Mobile number in the form of the country. Privacy: personal.',
  `date_of_birth` comment 'Moment of birth. Unit: ms since 1970, UTC. Privacy: personal.',
  `registered_at` comment 'Moment of registration; may be before the 18th birthday. Unit: ms since 1970, UTC. Privacy: personal.',
  `street_number` comment 'House number. Privacy: personal.',
  `street_name` comment 'Street; empty about once in 100,000. Privacy: personal.',
  `city` comment 'City; may hold quotes and double spaces. Privacy: personal.',
  `state` comment 'State, province or region. Privacy: personal.',
  `postcode` comment 'Postal code as text: Norway\'s have leading zeros, others letters. Privacy: personal.',
  `latitude` comment 'Latitude; unrelated to the country. Unit: degrees north. Privacy: personal.',
  `longitude` comment 'Longitude; unrelated to the country. Unit: degrees east. Privacy: personal.',
  `country_code` comment 'Nationality, and the country of the address. Privacy: public.',
  `timezone_code` comment 'Time zone; unrelated to the country. Privacy: public.',
  `media_id` comment 'Portrait. Privacy: personal.'
) comment 'People: one row each, with address and portrait, without logins and ids. Primary key: user_id. Foreign keys: country_code to countries, timezone_code to timezones, media_id to media.' as select
  regexp_replace(lower(hex(`user_id`)), '^(.{8})(.{4})(.{4})(.{4})(.{12})$', '$1-$2-$3-$4-$5') as `user_id`,
  `gender`,
  `title`,
  `first_name`,
  `last_name`,
  `email`,
  `phone`,
  `cell`,
  `date_of_birth`,
  `registered_at`,
  `street_number`,
  `street_name`,
  `city`,
  `state`,
  `postcode`,
  `latitude`,
  `longitude`,
  `country_code`,
  `timezone_code`,
  `media_id`
from `users_parquet`;

create table if not exists `logins_parquet` (
  `user_id` binary,
  `login_external_uuid` binary,
  `username` string,
  `sha256` string
) using parquet location '${spark.debr.tables}/logins';
create or replace view `logins` (
  `user_id` comment 'debr\'s own id: a UUID (version 8) from the SHA-256 over the person\'s values. Privacy: personal.',
  `login_external_uuid` comment 'The API\'s uuid: depends on seed, page and position only; no identity. Privacy: sensitive.',
  `username` comment 'User name; 2% to 9% repeat. Privacy: sensitive.',
  `sha256` comment 'SHA-256 of password and salt. Privacy: sensitive.'
) comment 'Logins: one row a person; of the password only the API\'s SHA-256. Primary key: user_id. Foreign keys: user_id to users.' as select
  regexp_replace(lower(hex(`user_id`)), '^(.{8})(.{4})(.{4})(.{4})(.{12})$', '$1-$2-$3-$4-$5') as `user_id`,
  regexp_replace(lower(hex(`login_external_uuid`)), '^(.{8})(.{4})(.{4})(.{4})(.{12})$', '$1-$2-$3-$4-$5') as `login_external_uuid`,
  `username`,
  `sha256`
from `logins_parquet`;

create table if not exists `altids_parquet` (
  `user_id` binary,
  `altid_name` string,
  `altid_value` string
) using parquet location '${spark.debr.tables}/altids';
create or replace view `altids` (
  `user_id` comment 'debr\'s own id: a UUID (version 8) from the SHA-256 over the person\'s values. Privacy: personal.',
  `altid_name` comment 'Kind of id. Privacy: public.',
  `altid_value` comment 'The id as text, leading zeros kept. Privacy: sensitive.'
) comment 'Alternative ids (SSN and its kin); no row where the API gives none. Primary key: user_id, altid_name. Foreign keys: user_id to users.' as select
  regexp_replace(lower(hex(`user_id`)), '^(.{8})(.{4})(.{4})(.{4})(.{12})$', '$1-$2-$3-$4-$5') as `user_id`,
  `altid_name`,
  `altid_value`
from `altids_parquet`;
