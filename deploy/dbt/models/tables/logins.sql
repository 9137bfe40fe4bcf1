select user_id, login_external_uuid, username, sha256
from {{ ref('people') }}
