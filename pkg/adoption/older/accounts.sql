-- Accounts keep their ids, hashes, dates and flags.
--
-- An e-mail has to be there, and nobody else's: of several accounts with the same one, that with the lowest id keeps it.
-- The others, and those without one, get user-ID@no-email.invalid, an address that cannot exist (RFC 6761). They log in
-- by name as before.
INSERT INTO users_user (id, password, last_login, is_superuser, username, first_name, last_name, is_staff, is_active,
    date_joined, email, profile_completed, role)
SELECT id, password, last_login, is_superuser, username, first_name, last_name, is_staff, is_active, date_joined,
    CASE WHEN email !~ '\S' OR row_number() OVER (PARTITION BY email ORDER BY id) > 1
        THEN 'user-' || id || '@' || domain ELSE email END,
    false, CASE WHEN is_superuser THEN 'admin' ELSE 'solo' END
FROM auth_user CROSS JOIN (
    SELECT domain FROM (
        SELECT n, 'no-email' || CASE WHEN n > 0 THEN n::text ELSE '' END || '.invalid' AS domain FROM generate_series(0, 99) AS n
    ) AS domains WHERE NOT EXISTS (SELECT 1 FROM auth_user AS a WHERE a.email ILIKE '%@' || domains.domain) ORDER BY n LIMIT 1
) AS free
ORDER BY id;

INSERT INTO users_user_groups (id, user_id, group_id) SELECT id, user_id, group_id FROM auth_user_groups;
INSERT INTO users_user_user_permissions (id, user_id, permission_id)
    SELECT id, user_id, permission_id FROM auth_user_user_permissions;

-- Ids go on behind the last one ever given: a token may still name an account that was deleted.
SELECT setval(pg_get_serial_sequence(new, 'id'), greatest(given, 1), given IS NOT NULL) FROM (VALUES
    ('users_user', greatest((SELECT max(id) FROM users_user), pg_sequence_last_value(pg_get_serial_sequence('auth_user', 'id')::regclass))),
    ('users_user_groups', (SELECT max(id) FROM users_user_groups)),
    ('users_user_user_permissions', (SELECT max(id) FROM users_user_user_permissions))
) AS sequences (new, given);

ALTER TABLE collectibles_userprofile ADD CONSTRAINT collectibles_userprofile_user_id_a9bf7c9c_fk_users_user_id
    FOREIGN KEY (user_id) REFERENCES users_user (id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE django_admin_log ADD CONSTRAINT django_admin_log_user_id_c564eba6_fk_users_user_id
    FOREIGN KEY (user_id) REFERENCES users_user (id) DEFERRABLE INITIALLY DEFERRED;
SET CONSTRAINTS ALL IMMEDIATE;

-- Tables that this program does not know, such as those of another app, refer to the accounts where they are now. (Parts
-- of a table have their keys from the whole.)
DO $$
DECLARE key record;
BEGIN
    FOR key IN SELECT conrelid::regclass AS name, conname, pg_get_constraintdef(oid) AS definition FROM pg_constraint
        WHERE contype = 'f' AND confrelid = 'auth_user'::regclass AND conparentid = 0
        AND conrelid NOT IN ('auth_user_groups'::regclass, 'auth_user_user_permissions'::regclass)
    LOOP
        EXECUTE format('ALTER TABLE %1$s DROP CONSTRAINT %2$I, ADD CONSTRAINT %2$I %3$s', key.name, key.conname,
            replace(key.definition, 'REFERENCES auth_user(', 'REFERENCES users_user('));
    END LOOP;
END $$;
