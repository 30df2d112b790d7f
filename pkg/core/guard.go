package core

// A Guard decides, on the locked state of an object, whether a change of it may go on. A nil Guard lets all go on.
type Guard[M any] func(current M) error

// Check returns why the change may not go on.
func (g Guard[M]) Check(current M) error {
	if g == nil {
		return nil
	}
	return g(current)
}
