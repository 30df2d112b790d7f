package users

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

const (
	tooShort   = "This password is too short. It must contain at least 8 characters."
	tooCommon  = "This password is too common."
	allNumeric = "This password is entirely numeric."
)

func similarTo(attribute string) string {
	return "The password is too similar to the " + attribute + "."
}

func TestPasswordProblems_byPassword(t *testing.T) {
	tests := map[string][]string{
		"Erin-Golden-44!":   nil,
		"password123":       {tooCommon},
		"PassWord123":       {tooCommon},
		" password123\t":    {tooCommon},
		"8374650192837":     {allNumeric},
		"12345678":          {tooCommon, allNumeric},
		"1234":              {tooShort, tooCommon, allNumeric},
		"٣٧٤٦٥٠١٩٢٨":        {allNumeric},
		"83746501.92837":    nil,
		"q7#Zp1":            {tooShort},
		"ñandúes":           {tooShort}, // 7 characters in 9 bytes
		"ñandú-es":          nil,
		"":                  {tooShort},
		"michelle":          {tooCommon},
		"correct horse bat": nil,
	}
	for password, want := range tests {
		t.Run(password, func(t *testing.T) {
			if diff := cmp.Diff(want, passwordProblems(password, passwordOwner{})); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// The ratios are those of Python's difflib.
func TestPasswordProblems_byOwner(t *testing.T) {
	erin := passwordOwner{Username: "erin", Email: "erin@golden.example"}
	long := passwordOwner{Username: "margaret_houlihan", FirstName: "Margaret", LastName: "Houlihan-Penobscott", Email: "hotlips@mash4077.example"}
	tests := []struct {
		situation, password string
		owner               passwordOwner
		want                []string
	}{
		{"a word of the address, 0.706", "erin@golden", erin, []string{similarTo("email address")}},
		{"a word more unlike, 0.667", "erin@golden!", passwordOwner{Username: "golden"}, nil},
		{"exactly 0.7", "abcdefg123", passwordOwner{Username: "abcdefgxyz"}, []string{similarTo("username")}},
		{"just below 0.7", "abcdef1234", passwordOwner{Username: "abcdefwxyz"}, nil},
		{"the address itself", "erin@golden.example", erin, []string{similarTo("email address")}},
		{"letters in another order", "drowssap-nire", passwordOwner{Username: "erin-password"}, []string{similarTo("username")}},
		{"another case", "MARGARET_HOULIHAN", long, []string{similarTo("username")}},
		{"similar to several: the first is named", "margaret", long, []string{similarTo("first name"), tooCommon}},
		{"a word of the last name", "penobscott1", long, []string{similarTo("last name")}},
		{"an underscore does not part words", "houlihan8", passwordOwner{Username: "captain_houlihan"}, nil},
		{"a hyphen parts words", "houlihan8", passwordOwner{Username: "captain-houlihan"}, []string{similarTo("username")}},
		{"letters of any script are words", "ōkamiōkami", passwordOwner{LastName: "Ōkamiō·Ōkami"}, []string{similarTo("last name")}},
		{"a name of one letter", "aaaaaaaa", passwordOwner{FirstName: "a"}, nil},
		{"short and similar", "erin1", erin, []string{similarTo("username"), tooShort}},
		{"all four", "12345678", passwordOwner{Username: "12345678"}, []string{similarTo("username"), tooCommon, allNumeric}},
		{"nothing is known", "Zk-4417-plum", passwordOwner{}, nil},
		{"a name of separators", "@.-@.-@.", passwordOwner{Username: "@.-"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.situation, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, passwordProblems(tt.password, tt.owner)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Django skips a comparison with what is far shorter; that must not change what is found.
func TestSimilarity_lengthRatioHidesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		password := []rune(rapid.StringOfN(rapid.RuneFrom([]rune("ab")), 1, 300, -1).Draw(t, "password"))
		part := []rune(rapid.StringOfN(rapid.RuneFrom([]rune("ab")), 1, 30, -1).Draw(t, "part"))
		if isMuchLonger(password, part) && similarity(password, part) >= maxSimilarity {
			t.Errorf("similarity = %v", similarity(password, part))
		}
	})
}

func TestSimilarity_likeDifflib(t *testing.T) {
	tests := []struct {
		a, b string
		want float64
	}{
		{"abcd", "abcd", 1},
		{"abcd", "dcba", 1},
		{"abcd", "wxyz", 0},
		{"aab", "abb", 2.0 * 2 / 6},
		{"aaaa", "a", 2.0 * 1 / 5},
		{"", "a", 0},
		{"erin@golden", "golden", 12.0 / 17},
	}
	for _, tt := range tests {
		if got := similarity([]rune(tt.a), []rune(tt.b)); got != tt.want {
			t.Errorf("similarity(%q, %q) = %v, want %v", tt.a, tt.b, got, tt.want)
		}
	}
}

func TestCommonPasswords_listIsInOrder(t *testing.T) {
	text := commonPasswords()
	if !strings.HasSuffix(text, "\n") {
		t.Error("the last line has no end")
	}
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if len(lines) < 20_000 {
		t.Errorf("%d passwords, want those of Django's list at least", len(lines))
	}
	for i, line := range lines {
		if line == "" || line != strings.TrimSpace(strings.ToLower(line)) || i > 0 && line <= lines[i-1] {
			t.Fatalf("line %d %q is empty, not lower case or out of order", i+1, line)
		}
		if !hasLine(text, line) {
			t.Errorf("line %d %q is not found", i+1, line)
		}
	}
}

func TestHasLine_likeSearchingEachLine(t *testing.T) {
	texts := []string{"", "b\n", "b\nd\n", "b\nbb\nd\n", "a\nabc\nb\nbcde\nc\n"}
	words := []string{"", "a", "abc", "ab", "b", "bb", "bcd", "bcde", "c", "d", "e", "b\nd", "\n"}
	for _, text := range texts {
		for _, word := range words {
			want := word != "" && !strings.Contains(word, "\n") && strings.Contains("\n"+text, "\n"+word+"\n")
			if got := hasLine(text, word); got != want {
				t.Errorf("hasLine(%q, %q) = %t, want %t", text, word, got, want)
			}
		}
	}
}
