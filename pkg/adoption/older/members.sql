-- Accounts whose profile names a vendor, and that are nothing there, neither members nor invited, become members. Of a
-- vendor without an active owner the account that joined first, an active one where there is one, becomes the owner. All
-- others become managers.
INSERT INTO collectibles_vendormember (role, is_active, joined_at, metadata, user_id, vendor_id, invite_status, invited_at,
    active_store_id)
SELECT CASE WHEN place = 1 AND NOT owned THEN 'owner' ELSE 'manager' END, true, now(), '{}', user_id, vendor_id, 'accepted', now(),
    (SELECT min(s.id) FROM collectibles_store AS s WHERE s.vendor_id = links.vendor_id AND s.is_active)
FROM (
    SELECT p.user_id, p.vendor_id,
        row_number() OVER (PARTITION BY p.vendor_id ORDER BY u.is_active DESC, u.date_joined, u.id) AS place,
        EXISTS (SELECT 1 FROM collectibles_vendormember AS o
            WHERE o.vendor_id = p.vendor_id AND o.role = 'owner' AND o.is_active) AS owned
    FROM collectibles_userprofile AS p JOIN users_user AS u ON u.id = p.user_id
    WHERE p.vendor_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM collectibles_vendormember AS m WHERE m.user_id = p.user_id AND m.vendor_id = p.vendor_id)
) AS links
ORDER BY vendor_id, place;
