package serial

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
)

// judge reports what a change sets of a unit that its grader does not give, and of a unit whose grader is another than
// before, which is "" for a new one, all that it has. Of several graders of the name it takes one that gives everything. A
// name that is none of a grader is accepted where no graders are known at all, and of units that have it already.
func judge(ctx context.Context, tx bun.Tx, u *Unit, before string, ch Change) error {
	isOther := u.Grader != before
	if isOther {
		ch.Grade.Sent, ch.Qualifiers.Sent, ch.SubGrades.Sent = true, true, true
	}
	if !ch.Grade.Sent && !ch.Qualifiers.Sent && !ch.SubGrades.Sent {
		return nil
	}
	graders, err := selectGraders(ctx, tx, u.VendorID, u.Grader)
	if err != nil {
		return err
	}
	for _, g := range graders {
		if len(lacks(g, u, ch)) == 0 {
			return nil
		}
	}
	if len(graders) > 0 {
		return core.InvalidFields(lacks(graders[0], u, ch))
	}
	if !isOther {
		return nil
	}
	slugs, err := selectGraderSlugs(ctx, tx, u.VendorID, fewGraders+1)
	if err != nil || len(slugs) == 0 {
		return err
	}
	return errNoGrader(slugs)
}
