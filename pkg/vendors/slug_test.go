package vendors

import (
	"strings"
	"testing"
)

// The wanted slugs are what Django's slugify makes.
func TestSlugify(t *testing.T) {
	for name, want := range map[string]string{
		"Alpha Cards & Comics":  "alpha-cards-comics",
		"  Pokémon -- Center!_": "pokemon-center",
		"日本橋":                   "store",
		"A_b c":                 "a_b-c",
		"---":                   "store",
		"ﬁne Ⅷ":                 "fine-viii",
	} {
		if got := slugify(name, "store"); got != want {
			t.Errorf("slugify(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestFreeSlug_staysWithinLimit(t *testing.T) {
	long := strings.Repeat("a", 12)
	first := freeSlug(long, nil, 10)
	second := freeSlug(long, []string{first}, 10)
	if first != "aaaaaaaaaa" || second != "aaaaaaaa-1" {
		t.Errorf("slugs = %q, %q", first, second)
	}
}
