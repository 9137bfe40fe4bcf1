select distinct media_id, large_url, medium_url, thumbnail_url
from {{ ref('people') }}
