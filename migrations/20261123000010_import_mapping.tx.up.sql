-- Which column of a table that is imported is which column of stock. No foreign key to the vendor: Django, which may
-- delete one, does not know this table, and ids do not come back.

CREATE TABLE omnistock_importmapping (
    {{.ID}},
    vendor_id bigint NOT NULL,
    {{.Varchar "name" 100}} NOT NULL,
    {{.JSON "columns"}} NOT NULL,
    {{.Time "created_at"}} NOT NULL,
    {{.Time "updated_at"}} NOT NULL,
    CONSTRAINT omnistock_importmapping_vendor_id_name_key UNIQUE (vendor_id, name)
);
