-- What items were offered or sold for, and where: the prices that others pay, beside those that the items name.

CREATE TABLE omnistock_price_observation (
    {{.ID}},
    vendor_id bigint NOT NULL,
    item_id bigint NOT NULL,
    {{.Varchar "source" 50}} NOT NULL,
    {{.Decimal "amount" 10 2}} NOT NULL,
    {{.Varchar "currency" 3}} NOT NULL,
    {{.Time "observed_at"}} NOT NULL,
    user_id bigint,
    {{.Time "created_at"}} NOT NULL,
    CONSTRAINT omnistock_price_observation_amount_check CHECK (amount >= 0),
    CONSTRAINT omnistock_price_observation_key UNIQUE (item_id, source, currency, observed_at)
);

-- An item's, the newest first.
CREATE INDEX omnistock_price_observation_item ON omnistock_price_observation (item_id, observed_at, id);

-- They go with their item. No foreign key does that: with one, PostgreSQL would not let Django empty its tables.
{{if .Postgres -}}
DO $make$ BEGIN EXECUTE format($function$
CREATE FUNCTION omnistock_forget_prices() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = %I, pg_temp AS $body$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        DELETE FROM omnistock_price_observation;
    ELSE
        DELETE FROM omnistock_price_observation WHERE item_id IN (SELECT id FROM old_items);
    END IF;
    RETURN NULL;
END
$body$ $function$, current_schema()); END $make$;
REVOKE ALL ON FUNCTION omnistock_forget_prices() FROM PUBLIC;
CREATE TRIGGER omnistock_price_observation_forget AFTER DELETE ON collectibles_collectible
    REFERENCING OLD TABLE AS old_items FOR EACH STATEMENT EXECUTE FUNCTION omnistock_forget_prices();
CREATE TRIGGER omnistock_price_observation_truncate AFTER TRUNCATE ON collectibles_collectible
    FOR EACH STATEMENT EXECUTE FUNCTION omnistock_forget_prices();
{{else -}}
CREATE TRIGGER omnistock_price_observation_forget AFTER DELETE ON collectibles_collectible BEGIN
    DELETE FROM omnistock_price_observation WHERE item_id = old.id;
END;
{{end -}}
