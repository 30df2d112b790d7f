package config

import (
	"context"
	"fmt"
	"net"
	"regexp"
	"slices"
	"strings"

	"github.com/omni-stock/omnistock/pkg/core/check"
)

// okIterations is what OWASP's password storage cheat sheet asks of PBKDF2 with SHA-256.
const okIterations = 600_000

// A rule is a check that only looks at the settings: wrong says what is wrong, or nothing.
type rule struct {
	id, hint string
	wrong    func() string
}

// Checks returns the system checks on the settings: whether they suit a server that others reach, and whether the data
// folder can be written. Ids below security.W030 are those of Django's checks on the same thing.
func (s *Settings) Checks() []check.Check {
	checks := []check.Check{CheckFolder("OMNISTOCK_DATA_DIR", s.DataDir)}
	for _, r := range slices.Concat(s.securityRules(), s.originRules(), s.mailRules()) {
		tag, _, _ := strings.Cut(r.id, ".")
		checks = append(checks, check.Check{ID: r.id, Tags: []string{tag}, Deploy: true, Run: r.run})
	}
	return checks
}

func (r rule) run(context.Context) []check.Message {
	text := r.wrong()
	if text == "" {
		return nil
	}
	return []check.Message{{Level: check.Warning, Text: text, Hint: r.hint}}
}

// when returns the text if the claim holds.
func when(claim bool, text string) string {
	if claim {
		return text
	}
	return ""
}

func (s *Settings) securityRules() []rule {
	return []rule{
		{"security.W009", "set DJANGO_SECRET_KEY to 32 or more random bytes", s.wrongSecret},
		{"security.W018", "set DEBUG=False", func() string {
			return when(s.Debug, "DEBUG is on")
		}},
		{"security.W020", "name the hosts in ALLOWED_HOSTS", func() string {
			return when(len(s.AllowedHosts) == 0 || slices.Contains(s.AllowedHosts, "*"),
				"ALLOWED_HOSTS is empty or answers to any host name")
		}},
		{"security.W034", "set OMNISTOCK_RATE_LIMIT=on", func() string {
			return when(!s.RateLimit, "the rate limit is off: passwords can be guessed at full speed")
		}},
		{"security.W035", "leave OMNISTOCK_PASSWORD_ITERATIONS at its default", func() string {
			return when(s.PasswordIterations < okIterations,
				fmt.Sprintf("new password hashes cost %d iterations, fewer than %d", s.PasswordIterations, okIterations))
		}},
	}
}

func (s *Settings) wrongSecret() string {
	if s.SecretKey == "" {
		return when(!s.mayUseKeyFile(), "DJANGO_SECRET_KEY is not set")
	}
	if err := weakSecret(s.SecretKey); err != nil {
		return "DJANGO_SECRET_KEY " + err.Error()
	}
	return ""
}

func (s *Settings) originRules() []rule {
	return []rule{
		{"security.W030", "let CORS_ALLOWED_ORIGIN_REGEXES match your own origins only", func() string {
			return s.whenPattern(matchesAnyOrigin, "lets every web site call the API")
		}},
		{"security.W031", "start the pattern with ^ and end it with $", func() string {
			return s.whenPattern(isOpenEnded, "also matches origins that only contain the one that is meant")
		}},
		{"security.W032", "set FRONTEND_URL to the client's https address", func() string {
			return when(!strings.HasPrefix(s.FrontendURL, "https://"),
				"FRONTEND_URL is not https: reset links of passwords travel in the clear")
		}},
	}
}

// whenPattern returns what is wrong with the first CORS pattern that the predicate holds for.
func (s *Settings) whenPattern(bad func(*regexp.Regexp) bool, text string) string {
	i := slices.IndexFunc(s.CORSAllowedOriginRegexes, bad)
	if i < 0 {
		return ""
	}
	return fmt.Sprintf("the CORS pattern %s %s", s.CORSAllowedOriginRegexes[i], text)
}

// matchesAnyOrigin tries origins that nobody can own.
func matchesAnyOrigin(re *regexp.Regexp) bool {
	return re.MatchString("https://attacker.invalid") || re.MatchString("http://attacker.invalid:8080")
}

func isOpenEnded(re *regexp.Regexp) bool {
	text := re.String()
	return !strings.HasPrefix(text, "^") || !strings.HasSuffix(text, "$")
}

func (s *Settings) mailRules() []rule {
	return []rule{
		{"mail.W001", "set EMAIL_BACKEND=smtp and EMAIL_HOST", func() string {
			return when(s.EmailBackend != "smtp", fmt.Sprintf("mails are not sent: EMAIL_BACKEND is %s", s.EmailBackend))
		}},
		{"mail.W002", "set EMAIL_USE_TLS=True (port 587) or EMAIL_USE_SSL=True (port 465)", func() string {
			return when(s.EmailBackend == "smtp" && !s.EmailUseTLS && !s.EmailUseSSL && !isLoopback(s.EmailHost),
				"mails and the password of the mail server travel in the clear")
		}},
	}
}

func isLoopback(host string) bool {
	return host == "localhost" || net.ParseIP(host).IsLoopback()
}
