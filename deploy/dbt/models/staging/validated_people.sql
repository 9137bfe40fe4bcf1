-- Every landed person with the verdict of `land`; rejected people have only their place.
with landed as (
  {{ landed_people() }}
),

parsed as (
  select
    run, source, page, pages, row, results, valid as is_valid, path, rule,
    -- The values of rejected people are dropped.
    case when valid then {{ parse_person('person') }} end as parsed
  from landed
),

valued as (
  select
    run, source, page, pages, row, results, is_valid, path, rule,
    {% for path, column in columns_of_fields().items() -%}
    {%- set value = field(path) -%}
    {{ "replace(" ~ value ~ ", '-0.0000', '0.0000')" if column in decimal_columns() else value }}
      as {{ column }}{{ ',' if not loop.last }}
    {% endfor -%}
  from parsed
),

hashed as (
  select
    *,
    case when is_valid then {{ sha256_hex(joined(identity_columns())) }} end as digest
  from valued
)

select
  run, source, page, pages, row, results, is_valid, path, rule,
  case when is_valid then {{ as_uuid(uuid_of('digest')) }} end as user_id,
  gender, title, first_name, last_name, email, phone, cell,
  {{ as_moment('date_of_birth') }} as date_of_birth,
  {{ as_moment('registered_at') }} as registered_at,
  cast(street_number as integer) as street_number,
  street_name, city, state, postcode,
  cast(latitude as decimal(7, 4)) as latitude,
  cast(longitude as decimal(7, 4)) as longitude,
  country_code, country_name,
  case when is_valid then {{ code_of(['utc_offset', 'description']) }} end as timezone_code,
  utc_offset, description,
  case when is_valid then {{ code_of(['large_url', 'medium_url', 'thumbnail_url']) }} end as media_id,
  large_url, medium_url, thumbnail_url,
  {{ as_uuid('login_external_uuid') }} as login_external_uuid,
  username, sha256, altid_name, altid_value
from hashed
