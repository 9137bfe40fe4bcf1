select distinct timezone_code, utc_offset, description
from {{ ref('people') }}
