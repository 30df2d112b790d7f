package users

import (
	"context"
	"fmt"

	"github.com/omni-stock/omnistock/pkg/core/check"
)

func (s *Service) diagnoses() []check.Diagnosis {
	return []check.Diagnosis{{ID: "users.I001", Topic: "accounts", Run: s.diagnoseHashes}}
}

// diagnoseHashes finds passwords with which nobody can log in, though the account is active, and those that are cheaper
// to guess than new ones.
func (s *Service) diagnoseHashes(ctx context.Context) ([]check.Message, error) {
	var broken []check.Case
	count, cheap := int64(0), 0
	err := eachActiveHash(ctx, s.db, func(id int64, encoded string) {
		algorithm, cost, err := DescribeHash(encoded)
		switch {
		case err != nil:
			if count++; len(broken) < check.MaxCases {
				broken = append(broken, check.Case{Name: fmt.Sprintf("user %d", id)})
			}
		case algorithm == pbkdf2SHA256 && cost < s.hasher.iterations, algorithm == "pbkdf2_sha1":
			cheap++
		}
	})
	for i := range broken {
		broken[i].Count = count
	}
	msgs := check.Finding(check.Message{
		Level: check.Warning, ID: "users.W001",
		Text: "active accounts whose password is no hash that can be checked, or one that costs too much to check",
		Hint: "they cannot log in before a reset: omnistock changepassword",
	}, broken)
	if cheap > 0 {
		msgs = append(msgs, check.Message{
			Level: check.Info, Text: fmt.Sprintf("password hashes that cost less than new ones: %d", cheap),
			Hint: "each is made anew when its owner next logs in; those of accounts that nobody uses stay: omnistock user disable",
		})
	}
	return msgs, err
}
