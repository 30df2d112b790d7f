package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/migrations"
	"github.com/omni-stock/omnistock/pkg/core/db"
)

const flushQuestion = `You have requested a flush of the database.
This will IRREVERSIBLY DESTROY all data currently in %s,
and return each table to an empty state.
Are you sure you want to do this?

    Type 'yes' to continue, or 'no' to cancel: `

func newFlushCommand(c *commandLine) *cobra.Command {
	noInput := false
	cmd := &cobra.Command{
		Use: "flush", Short: "Delete all data, and keep the schema", Args: cobra.NoArgs,
		Long: `Delete all rows of all tables, accounts included, and number new rows from 1. The schema and its history stay, and so do
tables of other programs in the same database, and images that were uploaded. What Django left goes, too: its sessions,
its log, its old accounts.

It asks first, and does nothing unless the answer is yes. It is one transaction: all is deleted, or nothing.`,
		Example: "  omnistock flush\n  omnistock flush --noinput",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !noInput {
				if err := c.confirmFlush(cmd); err != nil {
					return err
				}
			}
			return c.flush(cmd)
		},
	}
	cmd.Flags().BoolVar(&noInput, "noinput", false, "do not ask")
	return cmd
}

func (c *commandLine) confirmFlush(cmd *cobra.Command) error {
	out := cmd.OutOrStdout()
	fmt.Fprintf(out, flushQuestion, c.program.dataPlace())
	in := cmd.InOrStdin()
	answer, err := readLine(cmd.Context(), in)
	if err != nil || !isTerminal(in) {
		fmt.Fprintln(out) // nobody has pressed Enter
	}
	if answer == "yes" {
		return nil
	}
	return errors.Join(errors.New("flush cancelled: nothing was changed"), err)
}

// readLine reads one line without its end. It gives up when ctx ends, where a terminal would keep it waiting.
func readLine(ctx context.Context, in io.Reader) (string, error) {
	type result struct {
		line string
		err  error
	}
	results := make(chan result, 1)
	go func() {
		line, err := bufio.NewReader(in).ReadString('\n')
		if errors.Is(err, io.EOF) {
			err = nil
		}
		results <- result{strings.TrimSpace(line), err}
	}()
	select {
	case r := <-results:
		return r.line, r.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func (c *commandLine) flush(cmd *cobra.Command) error {
	var tables []string
	err := db.InTx(cmd.Context(), c.program.db, func(ctx context.Context, tx bun.Tx) (err error) {
		if tables, err = selectAppTables(ctx, tx, appLabels()); err != nil {
			return err
		}
		tables = slices.DeleteFunc(tables, migrations.IsBookkeeping)
		return db.Rewriting(ctx, tx, func() error { return deleteAllRows(ctx, tx, tables) })
	})
	if err != nil {
		return fmt.Errorf("nothing was deleted: %w", err)
	}
	_, err = fmt.Fprintf(c.say(cmd), "Deleted all rows of %s.\n", count(len(tables), "table"))
	return err
}
