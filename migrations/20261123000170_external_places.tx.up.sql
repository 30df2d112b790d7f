-- What another program does to items and stores, seen from the places that it does not know.
{{if .Postgres}}
-- Units that lie in other stores leave with their item when it gets another vendor; so do those of a store that goes.
DO $make$ BEGIN EXECUTE format($function$
CREATE FUNCTION omnistock_forget_levels() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = %I, pg_temp AS $body$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN -- ids begin anew: nothing that names one may stay
        DELETE FROM omnistock_stock_level;
        DELETE FROM omnistock_stock_lot;
        DELETE FROM omnistock_stock_costed;
        UPDATE omnistock_reservation SET state = 'released', closed_at = clock_timestamp() WHERE state = 'held';
        UPDATE omnistock_transfer SET state = 'cancelled', closed_at = clock_timestamp() WHERE closed_at IS NULL;
        RETURN NULL;
    END IF;
    IF TG_TABLE_NAME = 'collectibles_store' THEN
        WITH gone AS (DELETE FROM omnistock_stock_level WHERE store_id = OLD.id RETURNING vendor_id, item_id, store_id, quantity)
        INSERT INTO omnistock_stock_movement
            (vendor_id, item_id, store_id, sku, name, kind, delta, quantity_after, reason, reference, created_at)
            SELECT g.vendor_id, g.item_id, g.store_id, c.sku, c.name, 'external', -g.quantity, 0, 'deleted', '', clock_timestamp()
            FROM gone AS g JOIN collectibles_collectible AS c ON c.id = g.item_id WHERE g.quantity > 0 ORDER BY g.item_id;
    ELSE
        WITH gone AS (DELETE FROM omnistock_stock_level WHERE item_id = OLD.id RETURNING vendor_id, store_id, quantity)
        INSERT INTO omnistock_stock_movement
            (vendor_id, item_id, store_id, sku, name, kind, delta, quantity_after, reason, reference, created_at)
            SELECT vendor_id, OLD.id, store_id, OLD.sku, OLD.name, 'external', -quantity, 0, 'deleted', '', clock_timestamp()
            FROM gone WHERE quantity > 0 ORDER BY store_id;
    END IF;
    RETURN NULL;
END
$body$ $function$, current_schema()); END $make$;
REVOKE ALL ON FUNCTION omnistock_forget_levels() FROM PUBLIC;
-- After omnistock_external_update, which enters what the item's own store loses: triggers go by their names.
CREATE TRIGGER omnistock_external_vendor AFTER UPDATE OF vendor_id ON collectibles_collectible FOR EACH ROW
    WHEN (NEW.vendor_id IS DISTINCT FROM OLD.vendor_id AND coalesce(current_setting('omnistock.recorded', true), '') <> 'on')
    EXECUTE FUNCTION omnistock_forget_levels();
CREATE TRIGGER omnistock_external_store AFTER DELETE ON collectibles_store FOR EACH ROW
    WHEN (coalesce(current_setting('omnistock.recorded', true), '') <> 'on')
    EXECUTE FUNCTION omnistock_forget_levels();
CREATE TRIGGER omnistock_external_truncate AFTER TRUNCATE ON collectibles_collectible
    FOR EACH STATEMENT EXECUTE FUNCTION omnistock_forget_levels();
{{else}}
-- Nobody else writes here.
SELECT 1;
{{end}}
