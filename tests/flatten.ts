/**
 * Computes the expected tables from the API's text, without debr's own code.
 *
 * @module
 */
import type { Loose } from "./people.ts";

/** The only value that debr changes. */
const decimal = (text: string) => text === "-0.0000" ? "0.0000" : text;

/** Splits a person into six rows without debr's ids; no `altids` if the API has none. */
export function flatten(person: Loose) {
  const { name, location, login, picture, id } = person;
  return {
    users: {
      gender: person.gender,
      title: name.title,
      first_name: name.first,
      last_name: name.last,
      email: person.email,
      phone: person.phone,
      cell: person.cell,
      date_of_birth: person.dob.date,
      registered_at: person.registered.date,
      street_number: location.street.number,
      street_name: location.street.name,
      city: location.city,
      state: location.state,
      postcode: `${location.postcode}`,
      latitude: decimal(location.coordinates.latitude),
      longitude: decimal(location.coordinates.longitude),
      country_code: person.nat,
    },
    logins: { login_external_uuid: login.uuid, username: login.username, sha256: login.sha256 },
    countries: { country_code: person.nat, country_name: location.country },
    timezones: {
      utc_offset: location.timezone.offset,
      description: location.timezone.description,
    },
    media: {
      large_url: picture.large,
      medium_url: picture.medium,
      thumbnail_url: picture.thumbnail,
    },
    altids: id.value === null ? undefined : { altid_name: id.name, altid_value: id.value },
  };
}

/** Joins the rows of all tables to people in the order of `users`, without debr's ids. */
export function rejoin(tables: Loose): ReturnType<typeof flatten>[] {
  const without = (row: Loose, ...ids: string[]) =>
    row && Object.fromEntries(Object.entries(row).filter(([name]) => !ids.includes(name)));
  const by = (rows: Loose[], key: string) => {
    const found = new Map(rows.map((row) => [row[key], row]));
    if (found.size !== rows.length) throw new Error(`${key} repeats`);
    return found;
  };
  const logins = by(tables.logins, "user_id");
  const altids = by(tables.altids, "user_id");
  const countries = by(tables.countries, "country_code");
  const timezones = by(tables.timezones, "timezone_code");
  const media = by(tables.media, "media_id");
  return tables.users.map((user: Loose) => ({
    users: without(user, "user_id", "timezone_code", "media_id"),
    logins: without(logins.get(user.user_id), "user_id"),
    countries: countries.get(user.country_code),
    timezones: without(timezones.get(user.timezone_code), "timezone_code"),
    media: without(media.get(user.media_id), "media_id"),
    altids: without(altids.get(user.user_id), "user_id"),
  }));
}
