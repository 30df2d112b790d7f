-- Which pieces a line of a sale, a return or a void moved, as they were then. Rows are added, never changed and never
-- deleted, as those of the lines. Of lines from before this step nothing is known. No foreign keys, as in the ledger.
CREATE TABLE omnistock_sale_line_serial (
    {{.ID}},
    line_id bigint NOT NULL,
    unit_id bigint NOT NULL,
    {{.Varchar "grader" 50}} NOT NULL,
    {{.Varchar "certificate" 50}} NOT NULL,
    {{.Decimal "grade" 3 1}},
    {{.Varchar "qualifiers" 50}} NOT NULL,
    CONSTRAINT omnistock_sale_line_serial_line_id_unit_id_key UNIQUE (line_id, unit_id)
);
{{if .Postgres}}
CREATE TRIGGER omnistock_sale_line_serial_append_only BEFORE UPDATE OR DELETE ON omnistock_sale_line_serial
    FOR EACH ROW EXECUTE FUNCTION omnistock_append_only();
CREATE TRIGGER omnistock_sale_line_serial_append_only_truncate BEFORE TRUNCATE ON omnistock_sale_line_serial
    FOR EACH STATEMENT EXECUTE FUNCTION omnistock_append_only();
{{else}}
CREATE TRIGGER omnistock_sale_line_serial_append_only_update BEFORE UPDATE ON omnistock_sale_line_serial
    WHEN (new.id, new.line_id, new.unit_id, new.grader, new.certificate, new.grade, new.qualifiers)
        IS NOT (old.id, old.line_id, old.unit_id, old.grader, old.certificate, old.grade, old.qualifiers)
BEGIN
    SELECT raise(ABORT, 'omnistock_sale_line_serial is append-only: its rows are neither changed nor deleted');
END;
CREATE TRIGGER omnistock_sale_line_serial_append_only_delete BEFORE DELETE ON omnistock_sale_line_serial BEGIN
    SELECT raise(ABORT, 'omnistock_sale_line_serial is append-only: its rows are neither changed nor deleted');
END;
{{end}}
