describe users
