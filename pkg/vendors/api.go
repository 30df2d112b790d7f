package vendors

// idRequest is the input of an operation on one object.
type idRequest struct {
	ID int64 `path:"id"`
}

// convert makes a use case's result a response, unless it failed.
func convert[M, R any](newResponse func(M) R) func(M, error) (R, error) {
	return func(m M, err error) (R, error) {
		if err != nil {
			var none R
			return none, err
		}
		return newResponse(m), nil
	}
}

// convertList makes a response of each model; of none, an empty list.
func convertList[M, R any](models []M, newResponse func(M) R) []R {
	list := make([]R, len(models))
	for i, m := range models {
		list[i] = newResponse(m)
	}
	return list
}
