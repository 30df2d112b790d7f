package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/pkg/core/config"
)

func newServeCommand(c *commandLine) *cobra.Command {
	migrate := false
	cmd := &cobra.Command{
		Use: "serve [address:port]", Aliases: []string{"runserver"}, Short: "Serve the API",
		Long: `Serve the API on 127.0.0.1:8000, or on the address given: 8000, 0:8000 (all addresses), 1.2.3.4:8000.

Without any setting it keeps its data, an SQLite database and a secret key, in a folder that it makes.
On PostgreSQL it needs DJANGO_SECRET_KEY and a database that 'omnistock migrate' has brought up to date.`,
		Example: "  omnistock serve\n  omnistock serve 0:8000 --migrate",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			address, err := config.ParseAddr(strings.Join(args, ""), c.settings.Port)
			if err != nil {
				return usageError{err}
			}
			return c.serve(cmd.Context(), cmd.OutOrStdout(), address, migrate)
		},
	}
	cmd.Flags().BoolVar(&migrate, "migrate", false, "bring the database up to date first")
	for _, name := range []string{"noreload", "nothreading", "insecure"} {
		cmd.Flags().Bool(name, false, "accepted for scripts that call manage.py runserver")
		_ = cmd.Flags().MarkHidden(name) // the flag is there
	}
	return cmd
}

// serve prepares what the server needs and runs it until ctx ends.
func (c *commandLine) serve(ctx context.Context, out io.Writer, address string, migrate bool) (err error) {
	if err := c.settings.RequireSecret(); err != nil {
		return err
	}
	p, err := newProgram(c.settings, c.getenv, c.program.log, out)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.close()) }()
	if migrate {
		_, err = p.migrate(ctx, func(step string) { p.log.Info("migrated", "step", step) })
	} else {
		err = p.requireMigrated(ctx)
	}
	if err != nil {
		return err
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", address, err)
	}
	if c.verbosity > 0 {
		p.welcome(ctx, out, listener.Addr().String())
	}
	return serveUntil(ctx, newServer(p.settings, p.handler(), p.log), listener, p.settings.ShutdownTimeout)
}

// welcome says where things are and what to do first.
func (p *program) welcome(ctx context.Context, out io.Writer, address string) {
	base := "http://" + strings.NewReplacer("0.0.0.0", "127.0.0.1", "[::]", "[::1]").Replace(address)
	_, _ = fmt.Fprintf(out, "omnistock %s serves on %s\n  data           %s\n  API            %s/api/v1/\n  documentation  %s/api/v1/docs/\n",
		version, base, p.settings.DatabaseURL, base, base)
	if has, err := p.users.HasSuperuser(ctx); err == nil && !has {
		_, _ = fmt.Fprintln(out, "There is no superuser yet: 'omnistock createsuperuser' makes one.")
	}
	_, _ = fmt.Fprintln(out, "Stop with Ctrl-C.")
}

func newServer(s *config.Settings, handler http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler: handler, ReadTimeout: s.ReadTimeout, ReadHeaderTimeout: s.ReadTimeout, WriteTimeout: s.WriteTimeout,
		IdleTimeout: s.IdleTimeout, MaxHeaderBytes: 64 << 10, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
}

// serveUntil serves until ctx ends. Then new connections are refused, and requests that are under way have grace to
// end.
func serveUntil(ctx context.Context, server *http.Server, listener net.Listener, grace time.Duration) error {
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	if err := server.Shutdown(ending); err != nil {
		return errors.Join(fmt.Errorf("stop serving: %w", err), server.Close())
	}
	return nil
}
