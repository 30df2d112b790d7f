-- What is left of the older state: every row of it is in the new tables.
DROP TABLE IF EXISTS auth_user_groups, auth_user_user_permissions, auth_user;
