from users order by user_id
