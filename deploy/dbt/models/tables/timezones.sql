select distinct timezone_code, utc_offset, timezone_description as description
from {{ ref('people') }}
