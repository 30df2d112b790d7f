package backup

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/klauspost/compress/zstd"
)

// manifestName is the archive's last entry. An archive without it is cut off.
const manifestName = "manifest.json"

// windowSize bounds the memory that packing and unpacking take.
const windowSize = 1 << 20

// An archiveWriter packs files.
type archiveWriter struct {
	packer *zstd.Encoder
	tar    *tar.Writer
	files  []File
	now    time.Time
}

func newArchiveWriter(w io.Writer, now time.Time) (*archiveWriter, error) {
	packer, err := zstd.NewWriter(w, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(windowSize))
	if err != nil {
		return nil, fmt.Errorf("pack: %w", err)
	}
	return &archiveWriter{packer: packer, tar: tar.NewWriter(packer), now: now}, nil
}

// addBytes adds a file.
func (w *archiveWriter) addBytes(name string, content []byte) error {
	return w.add(name, int64(len(content)), bytes.NewReader(content))
}

// add adds a file of the size.
func (w *archiveWriter) add(name string, size int64, content io.Reader) error {
	header := &tar.Header{Typeflag: tar.TypeReg, Name: name, Size: size, Mode: 0o600, ModTime: w.now}
	if err := w.tar.WriteHeader(header); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	hash := sha256.New()
	n, err := io.Copy(io.MultiWriter(w.tar, hash), content)
	if err == nil && n != size {
		err = fmt.Errorf("it was cut off after %d of %d bytes", n, size)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	w.files = append(w.files, File{Name: name, Size: size, SHA256: hex.EncodeToString(hash.Sum(nil))})
	return nil
}

// finish writes the manifest, which gets the list of files, and what else ends an archive.
func (w *archiveWriter) finish(m *Manifest) error {
	m.Files = w.files
	text, err := json.MarshalIndent(m, "", " ")
	if err != nil {
		return fmt.Errorf("write the manifest: %w", err)
	}
	if err := w.addBytes(manifestName, text); err != nil {
		return err
	}
	return errors.Join(w.tar.Close(), w.packer.Close())
}
