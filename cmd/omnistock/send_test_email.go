package main

import (
	"fmt"
	netmail "net/mail"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/pkg/core/mail"
)

func newSendTestEmailCommand(c *commandLine) *cobra.Command {
	return &cobra.Command{
		Use: "sendtestemail ADDRESS...", Short: "Send a mail, to see whether the settings for mails are right",
		Long: `Send a mail to each address, with the settings that the server uses for reset links, and wait until the mail server has
taken it. With the console backend it is written to the standard output.`,
		Example: "  omnistock sendtestemail ann@shop.example",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, addresses []string) error {
			for _, address := range addresses {
				if parsed, err := netmail.ParseAddress(address); err != nil || parsed.Address != address {
					return usageError{fmt.Errorf("%q is no address, such as ann@shop.example; nothing was sent", address)}
				}
			}
			host, err := os.Hostname()
			if err != nil {
				host = "an unknown host"
			}
			for _, address := range addresses {
				err := c.program.mail.Send(cmd.Context(), mail.Message{
					To:      address,
					Subject: fmt.Sprintf("Test email from %s on %s", host, time.Now().UTC().Format("2006-01-02 15:04:05+00:00")),
					Text:    "If you're reading this, it was successful.\n",
				})
				if err != nil {
					return err
				}
				fmt.Fprintf(c.say(cmd), "Sent to %s %s.\n", address, c.mailRoute())
			}
			return nil
		},
	}
}

// mailRoute says where mails go with these settings.
func (c *commandLine) mailRoute() string {
	switch s := c.settings; s.EmailBackend {
	case "smtp":
		return fmt.Sprintf("through %s:%d", s.EmailHost, s.EmailPort)
	case "file":
		return "as a file in " + s.EmailFilePath
	case "memory":
		return "nowhere: EMAIL_BACKEND is memory, for tests"
	}
	return "on this console: EMAIL_BACKEND is console"
}
