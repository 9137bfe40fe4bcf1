select user_id, latitude from users where false
