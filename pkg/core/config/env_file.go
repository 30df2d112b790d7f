package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/joho/godotenv"
)

// dollar stands for "$" while a file is parsed. Django and this program take the character as it is, and a secret key
// often has one; godotenv would expand "$NAME".
const dollar = "\uE000"

// readEnvFile returns the settings of the file that OMNISTOCK_ENV_FILE names, which must exist, or of ./.env, which
// need not.
func readEnvFile(getenv func(string) string) (map[string]string, error) {
	path := getenv("OMNISTOCK_ENV_FILE")
	named := path != ""
	if !named {
		path = ".env"
	}
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) && !named {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read settings file: %w", err)
	}
	values, err := parseEnvFile(string(text))
	if err != nil {
		return nil, fmt.Errorf("settings file %s: %w", path, err)
	}
	return values, nil
}

// parseEnvFile returns the variables of a .env file: NAME=value or export NAME=value on each line, values in single or
// double quotes or bare; # starts a comment. "$" has no meaning.
func parseEnvFile(text string) (map[string]string, error) {
	text = strings.ReplaceAll(strings.TrimPrefix(text, "\uFEFF"), "$", dollar)
	values, err := godotenv.Unmarshal(text)
	if err != nil {
		// Its own text quotes the file, secrets and all.
		return nil, fmt.Errorf("line %d is not NAME=value, or its quote does not end", firstBadLine(text))
	}
	for name, value := range values {
		values[name] = strings.ReplaceAll(value, dollar, "$")
	}
	return values, nil
}

// firstBadLine returns the number of the line at which the text ceases to be a .env file, counted from 1.
func firstBadLine(text string) int {
	lines := strings.SplitAfter(text, "\n")
	for n := len(lines); n > 0; n-- {
		if _, err := godotenv.Unmarshal(strings.Join(lines[:n], "")); err == nil {
			return n + 1
		}
	}
	return 1
}
