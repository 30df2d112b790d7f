package users

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"
)

// A prompter asks a person.
type prompter struct {
	in           *bufio.Reader
	out          io.Writer
	isTerminal   bool
	readPassword func() (string, error) // without showing it
	restore      func()                 // shows again what is typed
}

var (
	errNoTerminal = errors.New("nobody to ask: standard input is no terminal")
	errCancelled  = errors.New("operation cancelled")
	errNoPassword = errors.New("no password on standard input")
)

func newPrompter(cmd *cobra.Command) *prompter {
	p := &prompter{in: bufio.NewReader(cmd.InOrStdin()), out: cmd.OutOrStdout(), restore: func() {}}
	file, isFile := cmd.InOrStdin().(*os.File)
	if !isFile || !term.IsTerminal(int(file.Fd())) {
		return p
	}
	p.isTerminal = true
	p.readPassword = func() (string, error) {
		text, err := term.ReadPassword(int(file.Fd()))
		fmt.Fprintln(p.out)
		return string(text), err
	}
	if state, err := term.GetState(int(file.Fd())); err == nil {
		p.restore = func() { _ = term.Restore(int(file.Fd()), state) } // the program is about to end
	}
	return p
}

// line asks for one line and returns it without spaces around, or fallback where it is empty.
func (p *prompter) line(ctx context.Context, question, fallback string) (string, error) {
	text, err := p.await(ctx, question, p.readLine)
	if text = strings.TrimSpace(text); text == "" {
		text = fallback
	}
	return text, err
}

// password asks twice until both answers are the same, and not empty.
func (p *prompter) password(ctx context.Context) (string, error) {
	for {
		first, err := p.await(ctx, "Password: ", p.readPassword)
		if err != nil {
			return "", err
		}
		second, err := p.await(ctx, "Password (again): ", p.readPassword)
		switch {
		case err != nil:
			return "", err
		case first != second:
			fmt.Fprintln(p.out, "Error: Your passwords didn't match.")
		case strings.TrimSpace(first) == "":
			fmt.Fprintln(p.out, "Error: Blank passwords aren't allowed.")
		default:
			return first, nil
		}
	}
}

// AskPassword asks for a new password on the command's terminal, twice, or reads it from the first line of its input where
// that is none. It is never empty.
func AskPassword(cmd *cobra.Command) (string, error) {
	p := newPrompter(cmd)
	if p.isTerminal {
		return p.password(cmd.Context())
	}
	password, err := pipedPassword(p)
	if err == nil && password == "" {
		err = errNoPassword
	}
	return password, err
}

// confirms asks a question of which no is the default.
func (p *prompter) confirms(ctx context.Context, question string) (bool, error) {
	answer, err := p.line(ctx, question+" [y/N]: ", "n")
	return strings.EqualFold(answer, "y"), err
}

// await asks, and gives up when ctx ends: the terminal would keep us waiting after Ctrl-C.
func (p *prompter) await(ctx context.Context, question string, read func() (string, error)) (string, error) {
	if !p.isTerminal {
		return "", errNoTerminal
	}
	type answer struct {
		text string
		err  error
	}
	fmt.Fprint(p.out, question)
	answers := make(chan answer, 1)
	go func() {
		text, err := read()
		answers <- answer{text, err}
	}()
	select {
	case a := <-answers:
		return a.text, a.err
	case <-ctx.Done():
		p.restore()
		fmt.Fprintln(p.out)
		return "", errCancelled
	}
}

// readLine returns the next line of the input without its end. The last one needs none.
func (p *prompter) readLine() (string, error) {
	text, err := p.in.ReadString('\n')
	if errors.Is(err, io.EOF) && text != "" {
		err = nil
	}
	return strings.TrimRight(text, "\r\n"), err
}
