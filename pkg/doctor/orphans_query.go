package doctor

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/check"
)

// selectDangling returns the rows whose reference points nowhere.
func selectDangling(ctx context.Context, idb bun.IDB, r reference) (cases []check.Case, err error) {
	err = idb.NewSelect().TableExpr("? AS t", bun.Ident(r.Table)).
		ColumnExpr("'row ' || t.id || ' to ' || t.? AS name, count(*) OVER () AS count", bun.Ident(r.Column)).
		Where("t.? IS NOT NULL", bun.Ident(r.Column)).
		Where("NOT EXISTS (SELECT 1 FROM ? AS o WHERE o.? = t.?)", bun.Ident(r.To), bun.Ident(r.ToColumn), bun.Ident(r.Column)).
		Order("t.id").Limit(check.MaxCases).Scan(ctx, &cases)
	return cases, err
}
