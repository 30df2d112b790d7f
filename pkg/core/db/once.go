package db

import "github.com/omni-stock/omnistock/pkg/core"

// Once does what a client's key stands for, unless that is done: then it returns what came of it, and isNew is false. Of
// any number of requests with one key, one does it, the others get what that one made.
//
// find returns what a key stands for, or NotFound; judge why that is not what is asked for now, or not for whom asks; do
// makes it, with its key in the column client_key of the table, which is unique. Without a key (nil) it is always done.
func Once[T any](
	key *string, table string, find func(key string) (*T, error), judge func(*T) error, do func() (*T, error),
) (v *T, isNew bool, err error) {
	if v, err := replay(key, find, judge); v != nil || err != nil {
		return v, false, err
	}
	if v, err = do(); err == nil {
		return v, true, nil
	}
	// Because the same was done just now, by another request?
	if done, other := replay(key, find, judge); done != nil || other != nil && IsUniqueViolation(err, table, "client_key") {
		return done, false, other
	}
	return nil, false, err
}

// replay returns what a key stands for, nil if nothing.
func replay[T any](key *string, find func(key string) (*T, error), judge func(*T) error) (*T, error) {
	if key == nil {
		return nil, nil //nolint:nilnil // there is none
	}
	v, err := find(*key)
	switch {
	case core.KindOf(err) == core.NotFound:
		return nil, nil //nolint:nilnil // there is none
	case err != nil:
		return nil, err
	}
	if err := judge(v); err != nil {
		return nil, err
	}
	return v, nil
}
