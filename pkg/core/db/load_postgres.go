package db

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"reflect"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"

	"github.com/omni-stock/omnistock/pkg/core"
)

// copyRows inserts models by COPY in its binary format, which spares the server the reading of texts ("File Formats" in
// https://www.postgresql.org/docs/15/sql-copy.html). pgx has such a thing, for values of its own kinds.
func copyRows(ctx context.Context, conn *pgconn.PgConn, target loadTarget, rows reflect.Value) error {
	columns, err := conn.Prepare(ctx, "", "SELECT "+target.columns+" FROM "+target.table, nil)
	if err != nil {
		return err
	}
	b := append(make([]byte, 0, rows.Len()*320), "PGCOPY\n\xff\r\n\x00\x00\x00\x00\x00\x00\x00\x00\x00"...)
	for i := range rows.Len() {
		row := rows.Index(i).Elem()
		b = binary.BigEndian.AppendUint16(b, uint16(len(columns.Fields))) //nolint:gosec // a table has no more columns
		for j, column := range columns.Fields {
			start := len(b)
			b = append(b, 0xff, 0xff, 0xff, 0xff) // the length of null
			v, ok := target.value(j, row)
			if !ok {
				continue
			}
			if b, err = appendBinary(b, column.DataTypeOID, v); err != nil {
				return fmt.Errorf("load: column %s: %w", column.Name, err)
			}
			binary.BigEndian.PutUint32(b[start:], uint32(len(b)-start-4)) //nolint:gosec // far less
		}
	}
	b = append(b, 0xff, 0xff)
	_, err = conn.CopyFrom(ctx, bytes.NewReader(b), "COPY "+target.table+" ("+target.columns+") FROM STDIN WITH (FORMAT binary)")
	return err
}

// appendBinary writes a value for a column of the type.
func appendBinary(b []byte, oid uint32, v reflect.Value) ([]byte, error) {
	switch x := v.Addr().Interface().(type) {
	case decimal:
		if oid == pgtype.NumericOID {
			return appendNumeric(b, x), nil
		}
	case *time.Time:
		if oid == pgtype.TimestamptzOID {
			return appendInt(b, x.UnixMicro()-postgresEpoch.UnixMicro(), 8), nil
		}
	case *core.Date:
		if oid == pgtype.DateOID {
			return appendInt(b, (x.Time().Unix()-postgresEpoch.Unix())/(24*60*60), 4), nil
		}
	case *core.JSON:
		if oid == pgtype.JSONBOID {
			text, err := x.MarshalJSON()
			return append(append(b, 1), text...), err // the version of the format
		}
	}
	switch size := intSizes[oid]; {
	case v.CanInt() && size > 0:
		return appendInt(b, v.Int(), size), nil
	case v.Kind() == reflect.String && (oid == pgtype.TextOID || oid == pgtype.VarcharOID):
		return append(b, v.String()...), nil
	case v.Kind() == reflect.Bool && oid == pgtype.BoolOID:
		if v.Bool() {
			return append(b, 1), nil
		}
		return append(b, 0), nil
	}
	return nil, fmt.Errorf("no way to load %s as type %d", v.Type(), oid)
}

// postgresEpoch is when PostgreSQL begins to count time.
var postgresEpoch = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// intSizes are the bytes of whole numbers, by their type.
var intSizes = map[uint32]int{pgtype.Int2OID: 2, pgtype.Int4OID: 4, pgtype.Int8OID: 8}

// appendInt writes the low bytes of n.
func appendInt(b []byte, n int64, size int) []byte {
	for i := size - 1; i >= 0; i-- {
		b = append(b, byte(n>>(8*i)&0xff))
	}
	return b
}

// appendNumeric writes a numeric: how many digits to the base of 10,000, the power of the first one, the sign, the decimal
// places, the digits (numeric_send in src/backend/utils/adt/numeric.c).
func appendNumeric(b []byte, d decimal) []byte {
	units, places := d.Decimal()
	sign := int64(0)
	if units < 0 {
		units, sign = -units, 0x4000
	}
	scale := [...]int64{1, 10, 100, 1000, 10_000}
	var digits [6]int64
	n := 1
	digits[0] = units % scale[places] * scale[4-places] // all places make one digit
	for rest := units / scale[places]; rest > 0; rest /= 10_000 {
		digits[n] = rest % 10_000
		n++
	}
	for _, part := range []int64{int64(n), int64(n) - 2, sign, int64(places)} {
		b = appendInt(b, part, 2)
	}
	for n--; n >= 0; n-- {
		b = appendInt(b, digits[n], 2)
	}
	return b
}
