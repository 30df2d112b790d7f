package core

import (
	"cmp"
	"math/bits"
	"slices"
)

// Spread splits the amount by weights into parts that add up to it exactly, by the method of the largest remainder: each
// part is its share without what is less than a hundredth, and the hundredths that are left go, one each, to those that
// lost most by that, the first ones of equals. Weights are not negative, and their sum fits an int64; where all are 0,
// they count as equal. No part is of another sign than the amount.
func (m Money) Spread(weights []int64) []Money {
	sum := uint64(0)
	for _, w := range weights {
		sum += uint64(w) //nolint:gosec // not negative
	}
	if sum == 0 {
		weights, sum = slices.Repeat([]int64{1}, len(weights)), uint64(len(weights))
	}
	amount, sign := uint64(m.Stored()), Money(1) //nolint:gosec // two's complement is undone below
	if m.IsNegative() {
		amount, sign = -amount, -1
	}
	parts, rests, order := make([]Money, len(weights)), make([]uint64, len(weights)), make([]int, len(weights))
	left := amount
	for i, w := range weights {
		high, low := bits.Mul64(amount, uint64(w)) //nolint:gosec // not negative
		part, rest := bits.Div64(high, low, sum)
		parts[i], rests[i], order[i] = sign*Money(part), rest, i //nolint:gosec // no more than the amount
		left -= part
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(rests[b], rests[a]) })
	for _, i := range order[:left] {
		parts[i] += sign
	}
	return parts
}
