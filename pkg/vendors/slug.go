package vendors

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

var (
	notInSlug = regexp.MustCompile(`[^a-z0-9_\s-]`)
	slugGap   = regexp.MustCompile(`[-\s]+`)
)

// slugify makes the part of an address that stands for a name, as Django's slugify does: "Alpha Cards & Comics" is
// alpha-cards-comics. A name without a letter of ASCII has none: then it is the fallback.
func slugify(name, fallback string) string {
	ascii := strings.Map(func(r rune) rune {
		if r > 0x7f {
			return -1
		}
		return r
	}, norm.NFKD.String(name))
	slug := notInSlug.ReplaceAllString(strings.ToLower(ascii), "")
	slug = strings.Trim(slugGap.ReplaceAllString(slug, "-"), "-_")
	if slug == "" {
		return fallback
	}
	return slug
}

// slugRoom is how much of a base freeSlug may give up for its counter.
const slugRoom = 10

// slugStem is what all slugs begin with that freeSlug makes of base.
func slugStem(base string, limit int) string { return base[:min(len(base), limit-slugRoom)] }

// freeSlug returns base, or base-1, base-2, … : the first that is not taken. It has at most limit characters.
func freeSlug(base string, taken []string, limit int) string {
	slug := base[:min(len(base), limit)]
	for n := 1; slices.Contains(taken, slug); n++ {
		suffix := fmt.Sprintf("-%d", n)
		slug = base[:min(len(base), limit-len(suffix))] + suffix
	}
	return slug
}
