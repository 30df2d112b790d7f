package inventory_test

import (
	"context"
	"database/sql"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

const (
	handItems = `SELECT c.id, c.user_id, c.vendor_id, c.store_id, c.name, c.sku, c.description, c.condition, c.category,
		c.image_url, c.quantity, c.intake_price, c.price, c.projected_price, c.created_at, c.updated_at, d.id, d.psa_grade,
		d.condition, d.external_ids, d.last_estimated_at, d.language, d.release_date, d.print_run, d.market_region, d.notes
		FROM collectibles_collectible c LEFT JOIN collectibles_carddetails d ON d.collectible_id = c.id
		WHERE c.vendor_id = $1 ORDER BY c.name, c.id`
	handImages = `SELECT m.item_id, m.id, m.url, m.media_type, m.sort_order, m.is_primary, m.width, m.height, m.size_kb,
		m.metadata, m.created_at, m.updated_at
		FROM collectibles_inventorymedia m JOIN collectibles_collectible c ON c.id = m.item_id
		WHERE c.vendor_id = $1 ORDER BY m.item_id, m.sort_order, m.id`
)

// handRows is what rows of pgx and of database/sql have in common.
type handRows interface {
	Next() bool
	Scan(dest ...any) error
	Err() error
}

type handItem struct {
	id, store                                              int64
	user, vendor, card                                     *int64
	name, sku                                              string
	description, condition, category, imageURL             *string
	quantity                                               int64
	intake, price, projected                               core.Money
	created, updated                                       time.Time
	grade                                                  *core.Grade
	cardCondition, externalIDs, language, printRun, region *string
	notes                                                  *string
	estimated                                              *time.Time
	released                                               *core.Date
}

func (it *handItem) dest() []any {
	return []any{
		&it.id, &it.user, &it.vendor, &it.store, &it.name, &it.sku, &it.description, &it.condition, &it.category, &it.imageURL,
		&it.quantity, &it.intake, &it.price, &it.projected, &it.created, &it.updated, &it.card, &it.grade, &it.cardCondition,
		&it.externalIDs, &it.estimated, &it.language, &it.released, &it.printRun, &it.region, &it.notes,
	}
}

func (it *handItem) append(b []byte, images []byte) []byte {
	b = web.AppendInt(append(b, `{"id":`...), it.id)
	b = web.AppendNullInt(append(b, `,"user":`...), it.user)
	b = web.AppendNullInt(append(b, `,"vendor":`...), it.vendor)
	b = web.AppendInt(append(b, `,"store":`...), it.store)
	b = web.AppendString(append(b, `,"name":`...), it.name)
	b = web.AppendString(append(b, `,"sku":`...), it.sku)
	b = web.AppendNullString(append(b, `,"description":`...), it.description)
	b = web.AppendNullString(append(b, `,"condition":`...), it.condition)
	b = web.AppendNullString(append(b, `,"category":`...), it.category)
	b = web.AppendNullString(append(b, `,"image_url":`...), it.imageURL)
	b = web.AppendInt(append(b, `,"quantity":`...), it.quantity)
	b = web.AppendText(append(b, `,"intake_price":`...), it.intake)
	b = web.AppendText(append(b, `,"price":`...), it.price)
	b = web.AppendText(append(b, `,"projected_price":`...), it.projected)
	b = it.appendCard(append(b, `,"card_details":`...))
	b = append(append(append(b, `,"images":[`...), images...), ']')
	b = web.AppendText(append(b, `,"created_at":`...), core.Timestamp(it.created))
	b = web.AppendText(append(b, `,"updated_at":`...), core.Timestamp(it.updated))
	return append(b, '}')
}

func (it *handItem) appendCard(b []byte) []byte {
	if it.card == nil {
		return append(b, `null`...)
	}
	b = web.AppendNullText(append(b, `{"psa_grade":`...), it.grade)
	b = web.AppendNullString(append(b, `,"condition":`...), it.cardCondition)
	b = web.AppendNullString(append(b, `,"external_ids":`...), it.externalIDs)
	b = web.AppendNullText(append(b, `,"last_estimated_at":`...), core.NewTimestamp(it.estimated))
	b = web.AppendNullString(append(b, `,"language":`...), it.language)
	b = web.AppendNullText(append(b, `,"release_date":`...), it.released)
	b = web.AppendNullString(append(b, `,"print_run":`...), it.printRun)
	b = web.AppendNullString(append(b, `,"market_region":`...), it.region)
	b = web.AppendNullString(append(b, `,"notes":`...), it.notes)
	return append(b, '}')
}

// handImagesByItem writes the images of each item as the inside of an array.
func handImagesByItem(rows handRows) (map[int64][]byte, error) {
	byItem := make(map[int64][]byte, benchItems)
	for rows.Next() {
		var (
			item, id, order     int64
			address, kind       string
			primary             bool
			width, height, size *int32
			metadata            []byte
			created, updated    time.Time
		)
		err := rows.Scan(&item, &id, &address, &kind, &order, &primary, &width, &height, &size, &metadata, &created, &updated)
		if err != nil {
			return nil, err
		}
		b := byItem[item]
		if b != nil {
			b = append(b, ',')
		}
		b = web.AppendInt(append(b, `{"id":`...), id)
		b = web.AppendString(append(b, `,"url":`...), address)
		b = web.AppendString(append(b, `,"media_type":`...), kind)
		b = web.AppendInt(append(b, `,"sort_order":`...), order)
		b = web.AppendBool(append(b, `,"is_primary":`...), primary)
		b = web.AppendNullInt(append(b, `,"width":`...), width)
		b = web.AppendNullInt(append(b, `,"height":`...), height)
		b = web.AppendNullInt(append(b, `,"size_kb":`...), size)
		b = web.AppendJSONText(append(b, `,"metadata":`...), metadata)
		b = web.AppendText(append(b, `,"created_at":`...), core.Timestamp(created))
		b = web.AppendText(append(b, `,"updated_at":`...), core.Timestamp(updated))
		byItem[item] = append(b, '}')
	}
	return byItem, rows.Err()
}

func handList(items handRows, images map[int64][]byte) ([]byte, error) {
	b := append(make([]byte, 0, 128<<10), '[')
	for first := true; items.Next(); first = false {
		var it handItem
		if err := items.Scan(it.dest()...); err != nil {
			return nil, err
		}
		if !first {
			b = append(b, ',')
		}
		b = it.append(b, images[it.id])
	}
	return append(b, ']'), items.Err()
}

func handServe(list func(ctx context.Context) ([]byte, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		b, err := list(r.Context())
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", strconv.Itoa(len(b)))
		_, _ = w.Write(b)
	}
}

func handwrittenPostgres(b *testing.B, address string, vendorID int64) http.Handler {
	b.Helper()
	pool, err := pgxpool.New(b.Context(), address)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(pool.Close)
	return handServe(func(ctx context.Context) ([]byte, error) {
		rows, err := pool.Query(ctx, handImages, vendorID)
		if err != nil {
			return nil, err
		}
		defer rows.Close()
		images, err := handImagesByItem(rows)
		if err != nil {
			return nil, err
		}
		items, err := pool.Query(ctx, handItems, vendorID)
		if err != nil {
			return nil, err
		}
		defer items.Close()
		return handList(items, images)
	})
}

func handwrittenSQLite(b *testing.B, address string, vendorID int64) http.Handler {
	b.Helper()
	if !strings.HasPrefix(address, "sqlite:") {
		return nil
	}
	path, _ := strings.CutPrefix(address, "sqlite://")
	pool, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?_pragma=busy_timeout(5000)&_pragma=query_only(1)")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = pool.Close() })
	readImages, err := pool.Prepare(handImages)
	if err != nil {
		b.Fatal(err)
	}
	readItems, err := pool.Prepare(handItems)
	if err != nil {
		b.Fatal(err)
	}
	return handServe(func(ctx context.Context) ([]byte, error) {
		rows, err := readImages.QueryContext(ctx, vendorID) //nolint:rowserrcheck // handImagesByItem does
		if err != nil {
			return nil, err
		}
		defer func() { _ = rows.Close() }()
		images, err := handImagesByItem(rows)
		if err != nil {
			return nil, err
		}
		items, err := readItems.QueryContext(ctx, vendorID) //nolint:rowserrcheck // handList does
		if err != nil {
			return nil, err
		}
		defer func() { _ = items.Close() }()
		return handList(items, images)
	})
}
