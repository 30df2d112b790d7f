-- What units cost: worked out of the ledger, and nothing that could not be worked out again.

-- Units of an item that came together and are there still, or on their way: then movement_id is the one by which they left.
CREATE TABLE omnistock_stock_lot (
    {{.ID}},
    vendor_id bigint,
    item_id bigint NOT NULL,
    store_id bigint,
    movement_id bigint NOT NULL,
    units bigint NOT NULL,
    {{.Decimal "cost" 18 2}} NOT NULL,
    {{.Time "received_at"}} NOT NULL,
    CONSTRAINT omnistock_stock_lot_units_check CHECK (units > 0)
);
CREATE INDEX omnistock_stock_lot_item ON omnistock_stock_lot (item_id);

-- What the units of a movement cost, by its id, where the movement does not say so itself; both below zero for units that
-- left. Of these, back is what has come back since.
CREATE TABLE omnistock_stock_cost (
    {{.ID}},
    units bigint NOT NULL,
    {{.Decimal "cost" 18 2}} NOT NULL,
    back_units bigint NOT NULL,
    {{.Decimal "back_cost" 18 2}} NOT NULL
);

-- Up to which of an item's movements that is worked out, by the item's id; of a vendor, since when there may be others,
-- which days have their sums, and how often all of it began anew.
CREATE TABLE omnistock_stock_costed (
    {{.ID}},
    movement_id bigint NOT NULL
);
CREATE TABLE omnistock_stock_costing (
    {{.ID}},
    vendor_id bigint NOT NULL,
    {{.Time "since"}} NOT NULL,
    {{.Time "summed_until"}} NOT NULL,
    rebuilds bigint NOT NULL,
    CONSTRAINT omnistock_stock_costing_vendor_id_key UNIQUE (vendor_id)
);

-- What the movements of a day, in UTC, changed in a store.
CREATE TABLE omnistock_stock_day (
    {{.ID}},
    vendor_id bigint NOT NULL,
    store_id bigint NOT NULL,
    {{.Date "day"}} NOT NULL,
    units bigint NOT NULL,
    {{.Decimal "cost" 18 2}} NOT NULL,
    CONSTRAINT omnistock_stock_day_vendor_id_day_store_id_key UNIQUE (vendor_id, day, store_id)
);

CREATE TABLE omnistock_acquisition (
    {{.ID}},
    vendor_id bigint NOT NULL,
    store_id bigint NOT NULL,
    {{.Decimal "cost" 10 2}} NOT NULL,
    {{.Varchar "supplier" 255}} NOT NULL,
    {{.Varchar "reference" 255}} NOT NULL,
    user_id bigint,
    {{.Varchar "client_key" 255}},
    {{.Time "created_at"}} NOT NULL
);
CREATE INDEX omnistock_acquisition_vendor ON omnistock_acquisition (vendor_id, id);
CREATE UNIQUE INDEX omnistock_acquisition_client_key ON omnistock_acquisition (vendor_id, client_key) WHERE client_key IS NOT NULL;
CREATE TABLE omnistock_acquisition_line (
    {{.ID}},
    acquisition_id bigint NOT NULL,
    item_id bigint NOT NULL,
    {{.Varchar "sku" 50}} NOT NULL,
    {{.Varchar "name" 255}} NOT NULL,
    {{.Integer "units"}} NOT NULL,
    {{.Decimal "weight" 10 2}} NOT NULL,
    {{.Decimal "cost" 10 2}} NOT NULL,
    CONSTRAINT omnistock_acquisition_line_units_check CHECK (units > 0)
);
CREATE INDEX omnistock_acquisition_line_acquisition ON omnistock_acquisition_line (acquisition_id);
