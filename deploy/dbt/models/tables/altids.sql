select user_id, altid_name, altid_value
from {{ ref('people') }}
where altid_value is not null
