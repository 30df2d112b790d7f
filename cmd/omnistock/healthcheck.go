package main

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

const healthTimeout = 3 * time.Second

func newHealthCheckCommand(c *commandLine) *cobra.Command {
	url := ""
	cmd := &cobra.Command{
		Use: "healthcheck", Short: "Ask the server on this machine whether it is ready", Args: cobra.NoArgs,
		Long:    "Ask the server on this machine whether it is ready to serve: for the health check of a container.",
		Example: "  omnistock healthcheck\n  omnistock healthcheck --url http://10.0.0.5:8000/health/ready/",
		RunE: func(cmd *cobra.Command, _ []string) error {
			request, err := c.healthRequest(cmd.Context(), url)
			if err != nil {
				return usageError{err}
			}
			if err := askHealth(request); err != nil {
				return fmt.Errorf("not healthy: %w", err)
			}
			_, err = fmt.Fprintln(c.say(cmd), "healthy")
			return err
		},
	}
	cmd.Flags().StringVar(&url, "url", "", "address to ask (default http://127.0.0.1:PORT/health/ready/)")
	return cmd
}

// healthRequest asks the URL or, where that is empty, the server that runs on this machine with these settings.
func (c *commandLine) healthRequest(ctx context.Context, url string) (*http.Request, error) {
	if url != "" {
		return http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	}
	url = "http://127.0.0.1:" + strconv.Itoa(c.settings.Port) + "/health/ready/"
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err == nil {
		request.Host = ownHost(c.settings.AllowedHosts)
	}
	return request, err
}

// ownHost is a name that the server answers to; a server for the public may not know itself as 127.0.0.1.
func ownHost(allowed []string) string {
	const local = "127.0.0.1"
	if len(allowed) == 0 || slices.Contains(allowed, local) || slices.Contains(allowed, "*") {
		return local
	}
	return strings.TrimPrefix(allowed[0], ".")
}

func askHealth(request *http.Request) error {
	client := http.Client{Timeout: healthTimeout}
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close() //nolint:errcheck // it was only read
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answers %s", request.URL, response.Status)
	}
	return nil
}
