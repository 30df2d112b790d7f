-- Serial units: single pieces that a grader has given a certificate. They tell which pieces the units of an item are, and
-- never how many. One row stands for a certificate, whatever becomes of the piece. No foreign keys, as in the ledger.
CREATE TABLE omnistock_serial_unit (
    {{.ID}},
    vendor_id bigint NOT NULL,
    item_id bigint NOT NULL,
    store_id bigint NOT NULL,
    {{.Varchar "grader" 50}} NOT NULL,
    {{.Varchar "certificate" 50}} NOT NULL,
    {{.Decimal "grade" 3 1}},
    {{.Varchar "qualifiers" 50}} NOT NULL,
    {{.JSON "sub_grades"}} NOT NULL,
    {{.Varchar "state" 16}} NOT NULL,
    {{.Varchar "position" 100}} NOT NULL,
    {{.Decimal "unit_cost" 10 2}},
    came_by_id bigint,
    went_by_id bigint,
    {{.Time "created_at"}} NOT NULL,
    {{.Time "updated_at"}} NOT NULL,
    CONSTRAINT omnistock_serial_unit_vendor_id_grader_certificate_key UNIQUE (vendor_id, grader, certificate)
);
CREATE INDEX omnistock_serial_unit_item ON omnistock_serial_unit (item_id, store_id);
CREATE INDEX omnistock_serial_unit_vendor ON omnistock_serial_unit (vendor_id, id);
CREATE INDEX omnistock_serial_unit_came_by ON omnistock_serial_unit (came_by_id) WHERE came_by_id IS NOT NULL;
CREATE INDEX omnistock_serial_unit_went_by ON omnistock_serial_unit (went_by_id) WHERE went_by_id IS NOT NULL;
