-- The columns of what is there get the names and the types of the current state.

-- Their foreign keys to auth_user, whatever the names.
DO $$
DECLARE key record;
BEGIN
    FOR key IN SELECT conrelid::regclass AS name, conname FROM pg_constraint
        WHERE contype = 'f' AND confrelid = 'auth_user'::regclass
        AND conrelid IN ('collectibles_collectible'::regclass, 'collectibles_userprofile'::regclass, 'django_admin_log'::regclass)
    LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', key.name, key.conname);
    END LOOP;
END $$;

DROP INDEX IF EXISTS carddetails_language_btree_idx, carddetails_language_lwr_idx,
    carddetails_market_btree_idx, carddetails_market_lwr_idx;

ALTER TABLE collectibles_collectible RENAME COLUMN last_updated TO updated_at;
ALTER TABLE collectibles_collectible RENAME COLUMN current_price TO price;
ALTER TABLE collectibles_collectible
    ADD COLUMN image_url varchar(200),
    ADD COLUMN category varchar(100),
    ADD COLUMN condition varchar(100),
    ADD COLUMN created_at timestamp with time zone,
    ADD COLUMN store_id bigint;

ALTER TABLE collectibles_userprofile
    ALTER COLUMN user_id TYPE bigint,
    ADD COLUMN profile_picture varchar(200);
ALTER TABLE django_admin_log ALTER COLUMN user_id TYPE bigint;

-- The permissions on users, and the log of their changes, are those of the new table.
UPDATE django_content_type SET app_label = 'users' WHERE app_label = 'auth' AND model = 'user'
    AND NOT EXISTS (SELECT 1 FROM django_content_type AS c WHERE c.app_label = 'users' AND c.model = 'user');
