select distinct country_code, country_name
from {{ ref('people') }}
