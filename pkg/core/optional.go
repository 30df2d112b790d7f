package core

// Optional is a field of an input: absent, null, or a value.
type Optional[T any] struct {
	Sent  bool // the field was in the input, as null or as a value
	Null  bool
	Value T // the zero value unless sent and not null
}

// Some returns a field that was sent with v.
func Some[T any](v T) Optional[T] { return Optional[T]{Sent: true, Value: v} }

// HasValue reports whether the field was sent and is not null.
func (o Optional[T]) HasValue() bool { return o.Sent && !o.Null }

// Or returns the value, or v where there is none.
func (o Optional[T]) Or(v T) T {
	if o.HasValue() {
		return o.Value
	}
	return v
}

// Ptr returns a pointer to the value, or nil where there is none.
func (o Optional[T]) Ptr() *T {
	if !o.HasValue() {
		return nil
	}
	v := o.Value
	return &v
}

// Set writes the value to dst if there is one, and reports whether it did.
func (o Optional[T]) Set(dst *T) bool {
	if o.HasValue() {
		*dst = o.Value
	}
	return o.HasValue()
}

// SetPtr writes the value, or nil for null, to dst if the field was sent, and reports whether it did.
func (o Optional[T]) SetPtr(dst **T) bool {
	if o.Sent {
		*dst = o.Ptr()
	}
	return o.Sent
}

// Columns are the names of the columns that a change sets.
type Columns []string

// Add notes the column if it was set.
func (c *Columns) Add(column string, set bool) {
	if set {
		*c = append(*c, column)
	}
}
