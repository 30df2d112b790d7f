package users

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/pkg/core"
)

func (s *Service) commands() []*cobra.Command {
	return []*cobra.Command{
		s.newCreateUserCommand(), s.newCreateSuperuserCommand(), s.newChangePasswordCommand(), s.newUserCommand(), s.newTokenCommand(),
	}
}

// passwordVariable is where a password may stand for a command that nobody watches. There is no flag for it: a command
// line can be read by every process of the machine, and stays in the shell's history.
const passwordVariable = "DJANGO_SUPERUSER_PASSWORD"

// pipedPassword reads the first line of an input that is no terminal; "" where there is none.
func pipedPassword(p *prompter) (string, error) {
	if p.isTerminal {
		return "", nil
	}
	text, err := p.readLine()
	if errors.Is(err, io.EOF) {
		return "", nil
	}
	return text, err
}

// fieldErrors spells an error out, one line a message: what is wrong with which field, or the error itself.
func fieldErrors(err error) error {
	invalid, ok := errors.AsType[*core.Error](err)
	if !ok || len(invalid.Fields) == 0 {
		return err
	}
	var lines []string
	for _, field := range slices.Sorted(maps.Keys(invalid.Fields)) {
		msgs, _ := invalid.Fields[field].([]string)
		for _, msg := range msgs {
			lines = append(lines, fmt.Sprintf("%s: %s", strings.ReplaceAll(field, "_", " "), msg))
		}
	}
	return errors.New(strings.Join(lines, "\n"))
}
