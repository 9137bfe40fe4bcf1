-- The tables in MySQL 8.0.16 or later; MariaDB takes other collations, see deno task load --dry-run.
-- The database generates the primary keys; debr's ids and codes are unique external keys, and
-- foreign keys point to the generated ones.
-- Generated from schema/ by: deno task docs

create table if not exists `countries` (
  `country_key` bigint not null primary key auto_increment comment 'Made by the database.',
  `country_code` varchar(255) not null comment 'Nationality, and the country of the address. Privacy: public.',
  `country_name` text not null comment 'Name of the country in English. Privacy: public.',
  constraint `countries_unique` unique (`country_code`),
  constraint `countries_country_code_check` check (`country_code` <> ''),
  constraint `countries_country_name_check` check (`country_name` <> '')
) engine = InnoDB default character set utf8mb4 collate utf8mb4_0900_bin comment 'Countries: one to one with the API''s nationalities.';

create table if not exists `timezones` (
  `timezone_key` bigint not null primary key auto_increment comment 'Made by the database.',
  `timezone_code` char(16) character set ascii collate ascii_bin not null comment 'Time zone; unrelated to the country. Privacy: public.',
  `utc_offset` text not null comment 'Offset from UTC as the API writes it. Unit: hours:minutes. Privacy: public.',
  `description` text not null comment 'Cities and regions of the zone. Privacy: public.',
  constraint `timezones_unique` unique (`timezone_code`),
  constraint `timezones_timezone_code_check` check (`timezone_code` regexp '^[0-9a-f]{16}$'),
  constraint `timezones_utc_offset_check` check (`utc_offset` regexp '^[+-]?(?:[0-9]|1[0-4]):[0-5][0-9]$')
) engine = InnoDB default character set utf8mb4 collate utf8mb4_0900_bin comment 'Time zones: offset from UTC and the cities the API names.';

create table if not exists `media` (
  `media_key` bigint not null primary key auto_increment comment 'Made by the database.',
  `media_id` char(16) character set ascii collate ascii_bin not null comment 'Portrait. Privacy: personal.',
  `large_url` text not null comment 'Address of the picture, 128 pixels wide. Privacy: personal.',
  `medium_url` text not null comment 'Address of the picture, 72 pixels wide. Privacy: personal.',
  `thumbnail_url` text not null comment 'Address of the picture, 48 pixels wide. Privacy: personal.',
  constraint `media_unique` unique (`media_id`),
  constraint `media_media_id_check` check (`media_id` regexp '^[0-9a-f]{16}$')
) engine = InnoDB default character set utf8mb4 collate utf8mb4_0900_bin comment 'Portraits: the addresses of one picture in three sizes.';

create table if not exists `users` (
  `user_key` bigint not null primary key auto_increment comment 'Made by the database.',
  `user_id` char(36) character set ascii collate ascii_bin not null comment 'debr''s own id: a UUID (version 8) from the SHA-256 over the person''s values. Privacy: personal.',
  `gender` varchar(6) not null comment 'Gender as the API gives it. Privacy: public.',
  `title` text not null comment 'Form of address. Privacy: personal.',
  `first_name` text not null comment 'Given name, in the script of the country. Privacy: personal.',
  `last_name` text not null comment 'Family name; may end in a space. Privacy: personal.',
  `email` text not null comment 'E-mail address; about 12% repeat. Privacy: personal.',
  `phone` text not null comment 'Telephone number in the form of the country. Privacy: personal.',
  `cell` text not null comment 'Mobile number in the form of the country. Privacy: personal.',
  `date_of_birth` datetime(3) not null comment 'Moment of birth. Unit: ms since 1970, UTC. Privacy: personal.',
  `registered_at` datetime(3) not null comment 'Moment of registration; may be before the 18th birthday. Unit: ms since 1970, UTC. Privacy: personal.',
  `street_number` integer not null comment 'House number. Privacy: personal.',
  `street_name` text not null comment 'Street; empty about once in 100,000. Privacy: personal.',
  `city` text not null comment 'City; may hold quotes and double spaces. Privacy: personal.',
  `state` text not null comment 'State, province or region. Privacy: personal.',
  `postcode` text not null comment 'Postal code as text: Norway''s have leading zeros, others letters. Privacy: personal.',
  `latitude` decimal(7, 4) not null comment 'Latitude; unrelated to the country. Unit: degrees north. Privacy: personal.',
  `longitude` decimal(7, 4) not null comment 'Longitude; unrelated to the country. Unit: degrees east. Privacy: personal.',
  `country_key` bigint not null comment 'Nationality, and the country of the address. See countries.',
  `timezone_key` bigint not null comment 'Time zone; unrelated to the country. See timezones.',
  `media_key` bigint not null comment 'Portrait. See media.',
  constraint `users_unique` unique (`user_id`),
  constraint `users_user_id_check` check (`user_id` regexp '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'),
  constraint `users_gender_check` check (`gender` in ('female', 'male')),
  constraint `users_latitude_check` check (`latitude` between -90 and 90),
  constraint `users_longitude_check` check (`longitude` between -180 and 180),
  constraint `users_country_key_fkey` foreign key (`country_key`) references `countries` (`country_key`) on delete restrict,
  constraint `users_timezone_key_fkey` foreign key (`timezone_key`) references `timezones` (`timezone_key`) on delete restrict,
  constraint `users_media_key_fkey` foreign key (`media_key`) references `media` (`media_key`) on delete restrict
) engine = InnoDB default character set utf8mb4 collate utf8mb4_0900_bin comment 'People: one row each, with address and portrait, without logins and ids.';

create table if not exists `logins` (
  `login_key` bigint not null primary key auto_increment comment 'Made by the database.',
  `user_key` bigint not null comment 'The row of users it belongs to.',
  `login_external_uuid` char(36) character set ascii collate ascii_bin not null comment 'The API''s uuid: depends on seed, page and position only; no identity. Privacy: sensitive.',
  `username` text not null comment 'User name; 2% to 9% repeat. Privacy: sensitive.',
  `sha256` char(64) character set ascii collate ascii_bin not null comment 'SHA-256 of password and salt. Privacy: sensitive.',
  constraint `logins_unique` unique (`user_key`),
  constraint `logins_login_external_uuid_check` check (`login_external_uuid` regexp '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'),
  constraint `logins_sha256_check` check (`sha256` regexp '^[0-9a-f]{64}$'),
  constraint `logins_user_key_fkey` foreign key (`user_key`) references `users` (`user_key`) on delete cascade
) engine = InnoDB default character set utf8mb4 collate utf8mb4_0900_bin comment 'Logins: one row a person; of the password only the API''s SHA-256.';

create table if not exists `altids` (
  `altid_key` bigint not null primary key auto_increment comment 'Made by the database.',
  `user_key` bigint not null comment 'The row of users it belongs to.',
  `altid_name` varchar(255) not null comment 'Kind of id. Privacy: public.',
  `altid_value` text not null comment 'The id as text, leading zeros kept. Privacy: sensitive.',
  constraint `altids_unique` unique (`user_key`, `altid_name`),
  constraint `altids_altid_name_check` check (`altid_name` <> ''),
  constraint `altids_user_key_fkey` foreign key (`user_key`) references `users` (`user_key`) on delete cascade
) engine = InnoDB default character set utf8mb4 collate utf8mb4_0900_bin comment 'Alternative ids (SSN and its kin); no row where the API gives none.';
