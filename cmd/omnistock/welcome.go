package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"

	"github.com/omni-stock/omnistock/pkg/core/config"
)

// welcome says where things are and what to do first.
func (p *program) welcome(ctx context.Context, w io.Writer, address string) error {
	base := "http://" + strings.NewReplacer("0.0.0.0", "127.0.0.1", "[::]", "[::1]").Replace(address)
	lines := []string{
		fmt.Sprintf("omnistock %s serves on %s", version, base),
		"  data           " + p.dataPlace(),
		"  API            " + base + "/api/v1/",
		"  documentation  " + base + "/api/v1/docs/",
	}
	has, err := p.Users.HasSuperuser(ctx)
	if err != nil {
		return err
	}
	if !has {
		lines = append(lines, "There is no superuser yet. This makes one:", "  "+p.shellCommand("createsuperuser"))
	}
	_, err = fmt.Fprintln(w, strings.Join(append(lines, "Stop with Ctrl-C."), "\n"))
	return err
}

func (p *program) dataPlace() string {
	if file := p.databaseFile(); file != "" {
		return file
	}
	return p.settings.DatabaseURL.String()
}

// shellCommand is how to call this program again so that it finds the same data: under the name by which it was called
// and, for the embedded database, with the variables that say where that is. Those of other databases hold a password,
// and who set them knows them.
func (p *program) shellCommand(command string) string {
	words := []string{}
	for _, setting := range p.settings.Describe() {
		isPlace := setting.Name == "OMNISTOCK_DATA_DIR" || setting.Name == "DATABASE_URL" || setting.Name == "OMNISTOCK_ENV_FILE"
		if isPlace && p.settings.Embedded() && setting.Source == config.Environment {
			words = append(words, setting.Name+"="+quoted(setting.Value))
		}
	}
	return strings.Join(append(words, quoted(os.Args[0]), command), " ")
}

// plainWord is what a shell takes as it is.
var plainWord = regexp.MustCompile(`^[A-Za-z0-9_./:@%+,=-]+$`)

// quoted is one word for a shell.
func quoted(word string) string {
	if plainWord.MatchString(word) {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
