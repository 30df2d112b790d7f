-- Each vendor gets its default store. Where there are items of no vendor, whose owner's profile names none either, a
-- vendor of its own holds them: each item has to lie in a store, and a store belongs to a vendor.
INSERT INTO collectibles_vendor (name, slug, description, is_active, created_at, updated_at)
SELECT 'Unassigned stock', slug, 'Holds the items that belonged to no vendor.', true, now(), now()
FROM (
    SELECT n, 'unassigned-stock' || CASE WHEN n > 0 THEN '-' || n ELSE '' END AS slug FROM generate_series(0, 99) AS n
) AS slugs
WHERE NOT EXISTS (SELECT 1 FROM collectibles_vendor AS v WHERE v.slug = slugs.slug)
AND EXISTS (
    SELECT 1 FROM collectibles_collectible AS c LEFT JOIN collectibles_userprofile AS p ON p.user_id = c.user_id
    WHERE c.vendor_id IS NULL AND p.vendor_id IS NULL
)
ORDER BY n LIMIT 1;

INSERT INTO collectibles_store (name, slug, metadata, is_active, created_at, updated_at, vendor_id)
SELECT 'Default Store', 'default-store', '{"auto_created": true}', true, now(), now(), id FROM collectibles_vendor ORDER BY id;
