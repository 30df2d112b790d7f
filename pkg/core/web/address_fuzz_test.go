package web_test

import (
	"strings"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

type addressInput struct {
	URL core.Optional[string] `json:"url" field:"url"`
}

// FuzzAddress: plain addresses take a short cut around the grammar, which with a scheme in capitals they do not.
func FuzzAddress(f *testing.F) {
	for _, rest := range []string{
		"a.example", "img-1.a.example/x/%20.jpg?a=b#c", "1.2.3.4", "-a.example", "a-.example/", "a..example", "a.b", "a.b2",
		"a.example./x", "a.example/ x", "a.example/\x7f", "u@a.example", "a.example:80/", "", strings.Repeat("a", 64) + ".example", "a." + strings.Repeat("a", 64), "a.example/" + strings.Repeat("x", 2050),
	} {
		f.Add(rest)
	}
	form := web.NewForm[addressInput]()
	isAddress := func(text string) bool {
		wrong := form.Fill(&addressInput{}, func(string) (string, bool) { return text, true })
		return len(wrong) == 0
	}
	f.Fuzz(func(t *testing.T, rest string) {
		if short, long := isAddress("https://"+rest), isAddress("HTTPS://"+rest); short != long {
			t.Errorf("https://%q is an address: %v, in capitals: %v", rest, short, long)
		}
	})
}
