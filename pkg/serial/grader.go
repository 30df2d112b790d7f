package serial

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/omni-stock/omnistock/pkg/catalog"
	"github.com/omni-stock/omnistock/pkg/core"
)

// lacks reports what a grader does not give of what a unit has, as far as a change is about it. A list of qualifiers or of
// sub-grades that is empty says that there are none.
func lacks(g *catalog.Grader, u *Unit, ch Change) core.Fields {
	wrong := core.Fields{}
	if ch.Grade.Sent && u.Grade != nil && !gives(g, *u.Grade) {
		wrong.Add("grade", g.Name+" gives no such grade.")
	}
	if ch.Qualifiers.Sent {
		rejectOthers(wrong, "qualifiers", g.Name, g.Qualifiers, strings.Fields(u.Qualifiers))
	}
	if ch.SubGrades.Sent {
		rejectOthers(wrong, "sub_grades", g.Name, g.Subgrades, subGradeNames(u.SubGrades))
	}
	return wrong
}

// gives reports whether a grader gives such a grade.
func gives(g *catalog.Grader, grade core.Grade) bool {
	const whole = 2 * halfGrade
	return grade >= g.Lowest && grade <= g.Highest && (g.HalfGrades || grade%whole == 0)
}

// rejectOthers adds to a field what is not one of a grader's words.
func rejectOthers(wrong core.Fields, field, grader, words string, given []string) {
	known := strings.Fields(words)
	for _, word := range given {
		switch {
		case len(known) == 0:
			wrong.Add(field, grader+" gives none.")
			return
		case !slices.Contains(known, word):
			wrong.Add(field, grader+" does not give "+word+", but "+strings.Join(known, ", ")+".")
			return
		}
	}
}

// subGradeNames are the members of a document of sub-grades, in order.
func subGradeNames(document core.JSON) []string {
	var texts map[string]string
	if err := json.Unmarshal(document, &texts); err != nil {
		return nil // Change.validate tells of that
	}
	return slices.Sorted(maps.Keys(texts))
}

// fewGraders is how many graders an error lists.
const fewGraders = 10

// errNoGrader says that none of the graders that are known has the name.
func errNoGrader(slugs []string) error {
	msg := "Unknown grader: add it to the graders first."
	if len(slugs) <= fewGraders {
		msg += " Known: " + strings.Join(slugs, ", ") + "."
	}
	return core.InvalidField("grader", msg)
}
