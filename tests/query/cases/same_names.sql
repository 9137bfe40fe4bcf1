select u.user_id, l.user_id, 1 as a, 2 as A, 3 as a from users u join logins l on u.user_id = l.user_id order by 1
