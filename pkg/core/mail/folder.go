package mail

import (
	"context"
	"errors"
	"fmt"
	netmail "net/mail"
	"os"
)

// folder writes each mail to a file of its own that only its owner can read: mails carry reset links.
type folder struct {
	from *netmail.Address
	path string
}

// Send writes the mail to a new file, named mail-….eml.
func (f *folder) Send(_ context.Context, m Message) error {
	if err := m.validate(); err != nil {
		return err
	}
	if err := os.MkdirAll(f.path, 0o700); err != nil {
		return fmt.Errorf("make mail folder: %w", err)
	}
	file, err := os.CreateTemp(f.path, "mail-*.eml") // mode 0600
	if err != nil {
		return fmt.Errorf("make mail file: %w", err)
	}
	_, err = file.WriteString(render(f.from, m))
	if err := errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("write mail file: %w", err)
	}
	return nil
}
