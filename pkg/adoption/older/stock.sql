-- Items keep their ids and values. An item lies in the default store of its vendor, else of the vendor that its owner's
-- profile names, else of the vendor that holds what nobody owns. It was made when it was changed last, as far as anybody
-- knows. Its image becomes an address, and its location, for which there is no column any more, a line of its
-- description.
DROP INDEX IF EXISTS collectibles_collectible_sku_33652265_like, collectibles_collectible_store_id_4ccf0fe7,
    collectibles_collectible_user_id_4ca1dbc3, collectibles_collectible_vendor_id_b2edf496; -- faster made than kept
UPDATE collectibles_collectible AS c SET
    store_id = s.id,
    created_at = c.updated_at,
    image_url = CASE WHEN c.image <> '' THEN current_setting('omnistock.media_url') || CASE
        WHEN c.image !~ '[^A-Za-z0-9/~!*()''_.-]' THEN c.image
        ELSE ( -- as Django writes a path in an address: the bytes of other characters as %XX
            SELECT string_agg(CASE WHEN chr(byte) ~ '[A-Za-z0-9/~!*()''_.-]' THEN chr(byte)
                ELSE '%' || upper(lpad(to_hex(byte), 2, '0')) END, '' ORDER BY place)
            FROM (SELECT place, get_byte(convert_to(c.image, 'UTF8'), place) AS byte
                FROM generate_series(0, octet_length(c.image) - 1) AS place) AS bytes)
        END END,
    description = CASE WHEN trim(c.location) <> ''
        THEN concat_ws(E'\n\n', nullif(c.description, ''), 'Location: ' || trim(c.location)) ELSE c.description END
FROM collectibles_collectible AS old
LEFT JOIN collectibles_userprofile AS p ON p.user_id = old.user_id
JOIN collectibles_store AS s ON s.vendor_id = coalesce(old.vendor_id, p.vendor_id, (
    SELECT id FROM collectibles_vendor WHERE created_at = now() AND name = 'Unassigned stock'))
WHERE c.id = old.id;

-- This writes the table anew, without the room that the old rows took.
ALTER TABLE collectibles_collectible
    ALTER COLUMN user_id TYPE bigint,
    ALTER COLUMN created_at SET NOT NULL,
    ALTER COLUMN store_id SET NOT NULL,
    DROP COLUMN image,
    DROP COLUMN location,
    ADD CONSTRAINT collectibles_collect_store_id_4ccf0fe7_fk_collectib
        FOREIGN KEY (store_id) REFERENCES collectibles_store (id) DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT collectibles_collectible_user_id_4ca1dbc3_fk_users_user_id
        FOREIGN KEY (user_id) REFERENCES users_user (id) DEFERRABLE INITIALLY DEFERRED;
SET CONSTRAINTS ALL IMMEDIATE;
CREATE INDEX collectibles_collectible_sku_33652265_like ON collectibles_collectible (sku varchar_pattern_ops);
CREATE INDEX collectibles_collectible_store_id_4ccf0fe7 ON collectibles_collectible (store_id);
CREATE INDEX collectibles_collectible_user_id_4ca1dbc3 ON collectibles_collectible (user_id);
CREATE INDEX collectibles_collectible_vendor_id_b2edf496 ON collectibles_collectible (vendor_id);
