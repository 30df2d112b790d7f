package main

import (
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/spf13/cobra"
)

const healthTimeout = 3 * time.Second

func newHealthCheckCommand(c *commandLine) *cobra.Command {
	url := ""
	cmd := &cobra.Command{
		Use: "healthcheck", Short: "Ask the server on this machine whether it is ready", Args: cobra.NoArgs,
		Long: "Ask the server on this machine whether it is ready to serve: for the health check of a container.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if url == "" {
				url = "http://127.0.0.1:" + strconv.Itoa(c.settings.Port) + "/health/ready/"
			}
			request, err := http.NewRequestWithContext(cmd.Context(), http.MethodGet, url, nil)
			if err != nil {
				return usageError{err}
			}
			client := http.Client{Timeout: healthTimeout}
			response, err := client.Do(request)
			if err != nil {
				return fmt.Errorf("not healthy: %w", err)
			}
			defer func() { _ = response.Body.Close() }()
			if response.StatusCode != http.StatusOK {
				return fmt.Errorf("not healthy: %s answers %s", url, response.Status)
			}
			cmd.Println("healthy")
			return nil
		},
	}
	cmd.Flags().StringVar(&url, "url", "", "address to ask")
	return cmd
}
