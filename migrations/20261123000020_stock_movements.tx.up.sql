-- Every change of what lies where, for good: rows are added, never changed and never deleted. No foreign keys: Django,
-- which deletes items, stores and users, does not know this table; SKU and name keep a row readable when its item is gone.

CREATE TABLE omnistock_stock_movement (
    {{.ID}},
    vendor_id bigint,
    item_id bigint NOT NULL,
    store_id bigint NOT NULL,
    {{.Varchar "sku" 50}} NOT NULL,
    {{.Varchar "name" 255}} NOT NULL,
    {{.Varchar "kind" 16}} NOT NULL,
    delta bigint NOT NULL,
    quantity_after bigint NOT NULL,
    {{.Decimal "unit_cost" 10 2}},
    {{.Decimal "unit_price" 10 2}},
    {{.Varchar "reason" 255}} NOT NULL,
    {{.Varchar "reference" 255}} NOT NULL,
    user_id bigint,
    {{.Varchar "client_key" 255}},
    undoes_id bigint,
    {{.Time "created_at"}} NOT NULL,
    CONSTRAINT omnistock_stock_movement_delta_check CHECK (delta <> 0)
);
{{if .Postgres}}
-- A transaction that has to rewrite the table says so: SET LOCAL omnistock.maintenance = 'on'. An update that changes
-- nothing is none: loading what is there already has to succeed.
CREATE FUNCTION omnistock_append_only() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF coalesce(current_setting('omnistock.maintenance', true), '') <> 'on' THEN
        IF TG_OP = 'UPDATE' THEN
            IF NEW IS NOT DISTINCT FROM OLD THEN
                RETURN NEW;
            END IF;
        END IF;
        RAISE EXCEPTION '% is append-only: its rows are neither changed nor deleted', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END
$body$;
CREATE TRIGGER omnistock_stock_movement_append_only BEFORE UPDATE OR DELETE ON omnistock_stock_movement
    FOR EACH ROW EXECUTE FUNCTION omnistock_append_only();
CREATE TRIGGER omnistock_stock_movement_append_only_truncate BEFORE TRUNCATE ON omnistock_stock_movement
    FOR EACH STATEMENT EXECUTE FUNCTION omnistock_append_only();

-- What another program does to the stock on the same database is recorded here, unless the transaction says that it
-- records itself: SET LOCAL omnistock.recorded = 'on'. The function has its owner's rights, so that it succeeds for
-- whoever may change an item, and looks for tables in this schema alone.
DO $make$ BEGIN EXECUTE format($function$
CREATE FUNCTION omnistock_record_external() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = %I, pg_temp AS $body$
DECLARE
    old_quantity bigint := coalesce(OLD.quantity, 0);
    new_quantity bigint := coalesce(NEW.quantity, 0);
    stays boolean := TG_OP = 'UPDATE' AND OLD.store_id = NEW.store_id AND OLD.vendor_id IS NOT DISTINCT FROM NEW.vendor_id;
BEGIN
    IF stays THEN
        new_quantity := new_quantity - old_quantity;
    ELSIF old_quantity <> 0 THEN
        INSERT INTO omnistock_stock_movement
            (vendor_id, item_id, store_id, sku, name, kind, delta, quantity_after, reason, reference, created_at)
            VALUES (OLD.vendor_id, OLD.id, OLD.store_id, OLD.sku, OLD.name, 'external', -old_quantity, 0,
                CASE TG_OP WHEN 'DELETE' THEN 'deleted' ELSE 'moved' END, '', clock_timestamp());
    END IF;
    IF new_quantity <> 0 THEN
        INSERT INTO omnistock_stock_movement
            (vendor_id, item_id, store_id, sku, name, kind, delta, quantity_after, reason, reference, created_at)
            VALUES (NEW.vendor_id, NEW.id, NEW.store_id, NEW.sku, NEW.name, 'external', new_quantity, NEW.quantity,
                CASE WHEN TG_OP = 'INSERT' THEN 'created' WHEN stays THEN '' ELSE 'moved' END, '', clock_timestamp());
    END IF;
    RETURN NULL;
END
$body$ $function$, current_schema()); END $make$;
REVOKE ALL ON FUNCTION omnistock_record_external() FROM PUBLIC;
CREATE TRIGGER omnistock_external_insert AFTER INSERT ON collectibles_collectible FOR EACH ROW
    WHEN (NEW.quantity <> 0 AND coalesce(current_setting('omnistock.recorded', true), '') <> 'on')
    EXECUTE FUNCTION omnistock_record_external();
CREATE TRIGGER omnistock_external_update AFTER UPDATE OF quantity, store_id, vendor_id ON collectibles_collectible FOR EACH ROW
    WHEN ((NEW.quantity, NEW.store_id, NEW.vendor_id) IS DISTINCT FROM (OLD.quantity, OLD.store_id, OLD.vendor_id)
        AND coalesce(current_setting('omnistock.recorded', true), '') <> 'on')
    EXECUTE FUNCTION omnistock_record_external();
CREATE TRIGGER omnistock_external_delete AFTER DELETE ON collectibles_collectible FOR EACH ROW
    WHEN (OLD.quantity <> 0 AND coalesce(current_setting('omnistock.recorded', true), '') <> 'on')
    EXECUTE FUNCTION omnistock_record_external();
{{else}}
-- Here a transaction that has to rewrite the table drops these triggers, and makes them again before it ends.
CREATE TRIGGER omnistock_stock_movement_append_only_update BEFORE UPDATE ON omnistock_stock_movement
    WHEN (new.id, new.vendor_id, new.item_id, new.store_id, new.sku, new.name, new.kind, new.delta, new.quantity_after, new.unit_cost,
            new.unit_price, new.reason, new.reference, new.user_id, new.client_key, new.undoes_id, new.created_at)
        IS NOT (old.id, old.vendor_id, old.item_id, old.store_id, old.sku, old.name, old.kind, old.delta, old.quantity_after, old.unit_cost,
            old.unit_price, old.reason, old.reference, old.user_id, old.client_key, old.undoes_id, old.created_at)
BEGIN
    SELECT raise(ABORT, 'omnistock_stock_movement is append-only: its rows are neither changed nor deleted');
END;
CREATE TRIGGER omnistock_stock_movement_append_only_delete BEFORE DELETE ON omnistock_stock_movement BEGIN
    SELECT raise(ABORT, 'omnistock_stock_movement is append-only: its rows are neither changed nor deleted');
END;
{{end}}
-- What was there before the ledger. On PostgreSQL the triggers have locked the items: nothing is missed.
INSERT INTO omnistock_stock_movement
    (vendor_id, item_id, store_id, sku, name, kind, delta, quantity_after, unit_cost, reason, reference, created_at)
    SELECT vendor_id, id, store_id, sku, name, 'opening', quantity, quantity, intake_price, '', '',
        {{if .Postgres}}clock_timestamp(){{else}}strftime('%Y-%m-%d %H:%M:%f+00:00', 'now'){{end}}
    FROM collectibles_collectible WHERE quantity <> 0 ORDER BY id;

-- An item's history, and its sum; a vendor's as of a date.
CREATE INDEX omnistock_stock_movement_item ON omnistock_stock_movement (item_id, id);
CREATE INDEX omnistock_stock_movement_vendor ON omnistock_stock_movement (vendor_id, created_at, id);
CREATE UNIQUE INDEX omnistock_stock_movement_client_key ON omnistock_stock_movement (vendor_id, client_key) WHERE client_key IS NOT NULL;
CREATE UNIQUE INDEX omnistock_stock_movement_undoes ON omnistock_stock_movement (undoes_id) WHERE undoes_id IS NOT NULL;
