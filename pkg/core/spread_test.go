package core_test

import (
	"math/big"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/omni-stock/omnistock/pkg/core"
)

func TestMoney_spread(t *testing.T) {
	for _, tt := range []struct {
		amount  core.Money
		weights []int64
		want    []core.Money
	}{
		{100, []int64{1, 1, 1}, []core.Money{34, 33, 33}},
		{-100, []int64{1, 1, 1}, []core.Money{-34, -33, -33}},
		{10, []int64{1, 2, 3}, []core.Money{2, 3, 5}}, // 1.67, 3.33, 5
		{1, []int64{0, 5, 6}, []core.Money{0, 0, 1}},
		{5, []int64{0, 0}, []core.Money{3, 2}},
		{core.NegativeZero, []int64{1, 2}, []core.Money{0, 0}},
		{99_999_999_99, []int64{1 << 61, 1 << 61}, []core.Money{50_000_000_00, 49_999_999_99}},
		{0, nil, []core.Money{}},
	} {
		if diff := cmp.Diff(tt.want, tt.amount.Spread(tt.weights)); diff != "" {
			t.Errorf("%v by %v (-want +got):\n%s", tt.amount, tt.weights, diff)
		}
	}
}

// TestMoney_spreadIsExactAndFair holds each part against the exact share: it is off by less than a hundredth.
func TestMoney_spreadIsExactAndFair(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount := core.Money(rapid.Int64().Filter(func(n int64) bool { return core.Money(n) != core.NegativeZero }).Draw(t, "amount"))
		weights := rapid.SliceOfN(rapid.Int64Range(0, 1<<55), 1, 50).Draw(t, "weights")
		sum, total := new(big.Int), core.Money(0)
		for _, w := range weights {
			sum.Add(sum, big.NewInt(w))
		}
		for i, part := range amount.Spread(weights) {
			total += part
			if part != 0 && part.IsNegative() != amount.IsNegative() {
				t.Fatalf("part %v of %v", part, amount)
			}
			if sum.Sign() == 0 {
				continue
			}
			share := new(big.Rat).SetFrac(new(big.Int).Mul(big.NewInt(int64(amount)), big.NewInt(weights[i])), sum)
			off := share.Sub(share, new(big.Rat).SetInt64(int64(part)))
			if off.Abs(off).Cmp(big.NewRat(1, 1)) >= 0 {
				t.Fatalf("part %d is %v, off by %s hundredths", i, part, off.FloatString(3))
			}
		}
		if total != amount {
			t.Fatalf("parts add up to %v, want %v", total, amount)
		}
	})
}
