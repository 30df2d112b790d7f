{{/* What an item adds: each amount up to 10,000,000,000.00, so that no sum overflows. SQLite counts in hundredths. */ -}}
{{define "columns"}}vendor_id, store_id, category, level, items, units, cost, worth, projected{{end -}}
{{define "values" -}}
    vendor_id, store_id, coalesce(category, ''), greatest(least(quantity, 11), 0), sum(sign), sum(sign * quantity),
    sum(sign * greatest(least(quantity * intake_price, 10000000000), -10000000000)),
    sum(sign * greatest(least(quantity * price, 10000000000), -10000000000)),
    sum(sign * greatest(least(quantity * projected_price, 10000000000), -10000000000))
{{- end -}}
{{define "row" -}}
    vendor_id, store_id, category, quantity, intake_price, price, projected_price
{{- end -}}
{{define "add" -}}
    INSERT INTO omnistock_stock_summary ({{template "columns"}})
        SELECT new.vendor_id, new.store_id, coalesce(new.category, ''), max(min(new.quantity, 11), 0), 1, new.quantity,
            max(min(new.quantity * new.intake_price, 1000000000000), -1000000000000),
            max(min(new.quantity * new.price, 1000000000000), -1000000000000),
            max(min(new.quantity * new.projected_price, 1000000000000), -1000000000000)
        WHERE new.vendor_id IS NOT NULL
        ON CONFLICT (vendor_id, store_id, category, level) DO UPDATE SET items = items + 1, units = units + excluded.units,
            cost = cost + excluded.cost, worth = worth + excluded.worth, projected = projected + excluded.projected
{{- end -}}
{{define "old key" -}}
    vendor_id = old.vendor_id AND store_id = old.store_id AND category = coalesce(old.category, '') AND level = max(min(old.quantity, 11), 0)
{{- end -}}
{{define "take" -}}
    UPDATE omnistock_stock_summary SET items = items - 1, units = units - old.quantity,
        cost = cost - max(min(old.quantity * old.intake_price, 1000000000000), -1000000000000),
        worth = worth - max(min(old.quantity * old.price, 1000000000000), -1000000000000),
        projected = projected - max(min(old.quantity * old.projected_price, 1000000000000), -1000000000000)
        WHERE {{template "old key"}}
{{- end -}}
-- What lies where, added up by category and by how many units of an item there are: an overview reads these rows, not the
-- items. Triggers keep them, whoever writes. No foreign keys, and none of the program's models: it is an index.

CREATE TABLE omnistock_stock_summary (
    vendor_id bigint NOT NULL,
    store_id bigint NOT NULL,
    {{.Varchar "category" 100}} NOT NULL, -- '' for none
    {{.Small "level"}} NOT NULL, -- units of each of the items: 0 to 10, or 11 for more
    items bigint NOT NULL,
    units bigint NOT NULL,
    cost {{if .Postgres}}numeric{{else}}integer{{end}} NOT NULL,
    worth {{if .Postgres}}numeric{{else}}integer{{end}} NOT NULL,
    projected {{if .Postgres}}numeric{{else}}integer{{end}} NOT NULL,
    CONSTRAINT omnistock_stock_summary_pkey PRIMARY KEY (vendor_id, store_id, category, level)
){{if not .Postgres}} WITHOUT ROWID{{end}};
{{if .Postgres}}
-- What is to be added to it: who writes items adds rows here, and waits for nobody.
CREATE TABLE omnistock_stock_summary_delta (
    {{.ID}},
    vendor_id bigint NOT NULL,
    store_id bigint NOT NULL,
    category varchar(100) NOT NULL,
    level smallint NOT NULL,
    items bigint NOT NULL,
    units bigint NOT NULL,
    cost numeric NOT NULL,
    worth numeric NOT NULL,
    projected numeric NOT NULL
);

-- The function has its owner's rights, so that it succeeds for whoever may change an item, and looks for tables in this
-- schema alone. Of every 1000 deltas or so one writer folds all that it sees into the summary; where another one does so
-- at the moment, it leaves them for the next. Under a snapshot that lasts, two could meet: there it leaves them, too.
DO $make$ BEGIN EXECUTE format($function$
CREATE FUNCTION omnistock_sum_stock() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = %I, pg_temp AS $body$
DECLARE
    added bigint;
    last bigint;
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        DELETE FROM omnistock_stock_summary;
        DELETE FROM omnistock_stock_summary_delta;
        RETURN NULL;
    ELSIF TG_OP = 'INSERT' THEN
        WITH added AS (INSERT INTO omnistock_stock_summary_delta ({{template "columns"}})
            SELECT {{template "values"}} FROM (SELECT 1 AS sign, {{template "row"}} FROM new_items) AS changed
            WHERE vendor_id IS NOT NULL GROUP BY 1, 2, 3, 4 RETURNING id)
            SELECT count(*), max(id) INTO added, last FROM added;
    ELSIF TG_OP = 'DELETE' THEN
        WITH added AS (INSERT INTO omnistock_stock_summary_delta ({{template "columns"}})
            SELECT {{template "values"}} FROM (SELECT -1 AS sign, {{template "row"}} FROM old_items) AS changed
            WHERE vendor_id IS NOT NULL GROUP BY 1, 2, 3, 4 RETURNING id)
            SELECT count(*), max(id) INTO added, last FROM added;
    ELSE
        WITH changed AS (SELECT {{template "values"}}
            FROM (SELECT 1 AS sign, {{template "row"}} FROM new_items UNION ALL SELECT -1, {{template "row"}} FROM old_items) AS changed
            WHERE vendor_id IS NOT NULL GROUP BY 1, 2, 3, 4),
        added AS (INSERT INTO omnistock_stock_summary_delta ({{template "columns"}})
            SELECT * FROM changed AS c ({{template "columns"}})
            WHERE (items, units, cost, worth, projected) <> (0, 0, 0, 0, 0) RETURNING id)
            SELECT count(*), max(id) INTO added, last FROM added;
    END IF;
    IF last / 1000 <> (last - added) / 1000 AND current_setting('transaction_isolation') = 'read committed' THEN
        PERFORM omnistock_fold_stock();
    END IF;
    RETURN NULL;
END
$body$ $function$, current_schema()); END $make$;
REVOKE ALL ON FUNCTION omnistock_sum_stock() FROM PUBLIC;

DO $make$ BEGIN EXECUTE format($function$
CREATE FUNCTION omnistock_fold_stock() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = %I, pg_temp AS $body$
BEGIN
    IF NOT pg_try_advisory_xact_lock(7311702606931) THEN
        RETURN;
    END IF;
    WITH folded AS (DELETE FROM omnistock_stock_summary_delta RETURNING *)
        INSERT INTO omnistock_stock_summary AS s ({{template "columns"}})
        SELECT vendor_id, store_id, category, level, sum(items), sum(units), sum(cost), sum(worth), sum(projected)
        FROM folded GROUP BY 1, 2, 3, 4
        ON CONFLICT (vendor_id, store_id, category, level) DO UPDATE SET items = s.items + EXCLUDED.items, units = s.units + EXCLUDED.units,
            cost = s.cost + EXCLUDED.cost, worth = s.worth + EXCLUDED.worth, projected = s.projected + EXCLUDED.projected;
    DELETE FROM omnistock_stock_summary WHERE items = 0;
END
$body$ $function$, current_schema()); END $make$;
REVOKE ALL ON FUNCTION omnistock_fold_stock() FROM PUBLIC;

CREATE TRIGGER omnistock_stock_summary_insert AFTER INSERT ON collectibles_collectible
    REFERENCING NEW TABLE AS new_items FOR EACH STATEMENT EXECUTE FUNCTION omnistock_sum_stock();
CREATE TRIGGER omnistock_stock_summary_update AFTER UPDATE ON collectibles_collectible
    REFERENCING OLD TABLE AS old_items NEW TABLE AS new_items FOR EACH STATEMENT EXECUTE FUNCTION omnistock_sum_stock();
CREATE TRIGGER omnistock_stock_summary_delete AFTER DELETE ON collectibles_collectible
    REFERENCING OLD TABLE AS old_items FOR EACH STATEMENT EXECUTE FUNCTION omnistock_sum_stock();
CREATE TRIGGER omnistock_stock_summary_truncate AFTER TRUNCATE ON collectibles_collectible
    FOR EACH STATEMENT EXECUTE FUNCTION omnistock_sum_stock();

-- What is there already: the triggers have locked the items, nothing is missed.
INSERT INTO omnistock_stock_summary ({{template "columns"}})
    SELECT {{template "values"}} FROM (SELECT 1 AS sign, {{template "row"}} FROM collectibles_collectible) AS item
    WHERE vendor_id IS NOT NULL GROUP BY 1, 2, 3, 4;
{{else}}
CREATE TRIGGER omnistock_stock_summary_insert AFTER INSERT ON collectibles_collectible WHEN new.vendor_id IS NOT NULL BEGIN
    {{template "add"}};
END;
CREATE TRIGGER omnistock_stock_summary_update
    AFTER UPDATE OF vendor_id, store_id, category, quantity, intake_price, price, projected_price ON collectibles_collectible
    WHEN (new.vendor_id, new.store_id, new.category, new.quantity, new.intake_price, new.price, new.projected_price)
        IS NOT (old.vendor_id, old.store_id, old.category, old.quantity, old.intake_price, old.price, old.projected_price)
BEGIN
    {{template "add"}};
    {{template "take"}};
    DELETE FROM omnistock_stock_summary WHERE {{template "old key"}} AND items = 0;
END;
CREATE TRIGGER omnistock_stock_summary_delete AFTER DELETE ON collectibles_collectible WHEN old.vendor_id IS NOT NULL BEGIN
    {{template "take"}};
    DELETE FROM omnistock_stock_summary WHERE {{template "old key"}} AND items = 0;
END;
INSERT INTO omnistock_stock_summary ({{template "columns"}})
    SELECT vendor_id, store_id, coalesce(category, ''), max(min(quantity, 11), 0), count(*), sum(quantity),
        sum(max(min(quantity * intake_price, 1000000000000), -1000000000000)),
        sum(max(min(quantity * price, 1000000000000), -1000000000000)),
        sum(max(min(quantity * projected_price, 1000000000000), -1000000000000))
    FROM collectibles_collectible WHERE vendor_id IS NOT NULL GROUP BY 1, 2, 3, 4;
{{end}}
-- The items with the fewest units, by store, too; and those with units of which nothing has changed for the longest time,
-- without passing by what is sold out.
DROP INDEX omnistock_collectible_quantity;
CREATE INDEX omnistock_collectible_quantity ON collectibles_collectible (vendor_id, quantity, id, store_id);
CREATE INDEX omnistock_collectible_slow ON collectibles_collectible (vendor_id, updated_at, id, store_id) WHERE quantity > 0;
