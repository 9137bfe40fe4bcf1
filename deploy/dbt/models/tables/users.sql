{{ config(
  meta={'partition': 'country_code'},
  partition_by='country_code' if target.type == 'spark' else none
) }}
select
  user_id, gender, title, first_name, last_name, email, phone, cell, date_of_birth, registered_at,
  street_number, street_name, city, state, postcode, latitude, longitude, timezone_code, media_id,
  country_code
from {{ ref('people') }}
