-- Finds people without a login, and valid people who are missing in users.
select users.user_id
from {{ ref('users') }} as users
left join {{ ref('logins') }} as logins on logins.user_id = users.user_id
where logins.user_id is null
union all
select people.user_id
from {{ ref('validated_people') }} as people
left join {{ ref('users') }} as users on users.user_id = people.user_id
where people.is_valid and users.user_id is null
