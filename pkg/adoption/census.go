package adoption

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/omni-stock/omnistock/pkg/users"
)

// What a census calls passwords that have no algorithm.
const (
	emptyPassword   = "empty"
	unknownPassword = "unknown"
)

// lookAtPasswords counts the kinds of hashes. It holds one hash at a time.
func (i *inspection) lookAtPasswords(ctx context.Context) error {
	counts := map[PasswordCount]int{}
	troubled := map[string]*Finding{
		emptyPassword: {ID: "passwords.empty", Text: "accounts that never had a password", Hint: "Nobody logs in to them before a reset."},
		unknownPassword: {
			ID: "passwords.unknown", Text: "accounts whose password is no hash that Django or omnistock knows",
			Hint: "Nobody logs in to them before a reset. What stands there may be a password: do not pass it on.",
		},
		"costly": {
			ID: "passwords.costly", Text: "accounts whose hash costs more to check than omnistock spends",
			Hint: "Nobody logs in to them before a reset.",
		},
	}
	err := eachHash(ctx, i.tx, i.State, func(id int64, username, encoded string) {
		kind, trouble := describePassword(encoded)
		counts[kind]++
		if f := troubled[trouble]; f != nil {
			note(f, fmt.Sprintf("user %d (%s)", id, username))
		}
	})
	for kind, n := range counts {
		kind.Accounts = n
		i.Passwords = append(i.Passwords, kind)
	}
	slices.SortFunc(i.Passwords, func(a, b PasswordCount) int {
		return cmp.Or(cmp.Compare(a.Algorithm, b.Algorithm), cmp.Compare(a.Cost, b.Cost))
	})
	for _, trouble := range []string{emptyPassword, unknownPassword, "costly"} {
		if f := troubled[trouble]; f.Count > 0 {
			f.Level = Warning
			i.Findings.add(*f)
		}
	}
	return err
}

// describePassword tells the kind of a hash, and what is wrong with it, if anything.
func describePassword(encoded string) (kind PasswordCount, trouble string) {
	if encoded == "" {
		return PasswordCount{Algorithm: emptyPassword}, emptyPassword
	}
	algorithm, cost, err := users.DescribeHash(encoded)
	switch {
	case errors.Is(err, users.ErrCostTooHigh):
		return PasswordCount{Algorithm: algorithm, Cost: cost, TooCostly: true}, "costly"
	case err != nil:
		return PasswordCount{Algorithm: unknownPassword}, unknownPassword
	}
	return PasswordCount{Algorithm: algorithm, Cost: cost}, ""
}

// lookAtJSON finds ids in other catalogues that clients cannot read. The program itself reads none of them.
func (i *inspection) lookAtJSON(ctx context.Context) error {
	f := Finding{
		Level: Warning, ID: "cards.external_ids", Text: "cards whose external_ids are no JSON",
		Hint: "The API hands them on as they are, as Django did; a client may stumble.",
	}
	err := eachExternalIDs(ctx, i.tx, func(item int64, text string) {
		if !json.Valid([]byte(text)) {
			note(&f, fmt.Sprintf("item %d", item))
		}
	})
	if f.Count > 0 {
		i.Findings.add(f)
	}
	return err
}

// note counts a case, and keeps its line if there are not too many.
func note(f *Finding, line string) {
	if f.Count++; f.Count <= maxCases {
		f.Cases = append(f.Cases, line)
	}
}
