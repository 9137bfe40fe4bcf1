-- name: users.registered_after_birth
-- table: users
-- stage: tables
-- severity: error
-- description: Nobody registers before being born
select user_id, date_of_birth, registered_at
from users
where registered_at < date_of_birth;
