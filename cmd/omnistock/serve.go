package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/pkg/adoption"
	"github.com/omni-stock/omnistock/pkg/conversion"
	"github.com/omni-stock/omnistock/pkg/core/config"
)

func newServeCommand(c *commandLine) *cobra.Command {
	migrate := false
	cmd := &cobra.Command{
		Use: "serve [address:port]", Aliases: []string{"runserver"}, Short: "Serve the API",
		Long: `Serve the API on 127.0.0.1:8000, or on the address given: 8000, 0:8000 (all addresses), 1.2.3.4:8000.

Without any setting it keeps its data, an SQLite database and a secret key, in a folder that it makes.
On PostgreSQL it needs DJANGO_SECRET_KEY and a database that 'omnistock migrate' or --migrate has
brought up to date.`,
		Example: "  omnistock serve\n  omnistock serve 0:8000 --migrate",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			address, err := config.ParseAddr(strings.Join(args, ""), c.settings.Port)
			if err != nil {
				return usageError{err}
			}
			return c.serve(cmd, address, migrate)
		},
	}
	cmd.Flags().BoolVar(&migrate, "migrate", false, "bring the database up to date first")
	for _, name := range []string{"noreload", "nothreading", "insecure"} {
		cmd.Flags().Bool(name, false, "accepted for scripts that call manage.py runserver")
		_ = cmd.Flags().MarkHidden(name) // the flag is there
	}
	return cmd
}

// serve prepares what the server needs and runs it until the command's context ends.
func (c *commandLine) serve(cmd *cobra.Command, address string, migrate bool) error {
	ctx := cmd.Context()
	listener, err := listen(ctx, address)
	if err != nil {
		return err
	}
	defer listener.Close() //nolint:errcheck // the server has closed it, or nobody came
	p := c.program
	if err := p.Users.RequireSecret(); err != nil {
		return err
	}
	if err := p.prepare(ctx, migrate); err != nil {
		return err
	}
	if err := p.welcome(ctx, c.say(cmd), listener.Addr().String()); err != nil {
		return err
	}
	defer p.startBackups(ctx)()
	server := newServer(p.settings, p.handler(), p.log)
	debug.FreeOSMemory() // starting takes more than serving does
	return serveUntil(ctx, server, listener, p.settings.ShutdownTimeout)
}

// listen comes before all else, so that a server with a wrong address changes nothing.
func listen(ctx context.Context, address string) (net.Listener, error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("%s is in use, perhaps by another omnistock: stop that one, or give another port, "+
			"as in 'omnistock serve 8001'", address)
	}
	if err != nil {
		return nil, fmt.Errorf("cannot listen there: %w", err)
	}
	return listener, nil
}

// prepare brings the database up to date if it is the embedded one or the operator asked for it, and otherwise refuses
// one that is not.
func (p *program) prepare(ctx context.Context, migrate bool) error {
	if !migrate {
		return p.requireMigrated(ctx)
	}
	if err := p.makeDatabaseFile(); err != nil {
		return err
	}
	if err := conversion.CheckFinished(ctx, p.db); err != nil {
		return err
	}
	var o adoption.Options
	o.Report = func(step string) { p.log.Info("migrated", "step", step) }
	o.Tell = func(line string) { p.log.Info("taking Django's database over", "what", strings.TrimSpace(line)) }
	_, err := p.migrate(ctx, o)
	return err
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
