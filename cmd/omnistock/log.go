package main

import (
	"io"
	"log/slog"
	"os"

	"github.com/lmittmann/tint"
	"golang.org/x/term"

	"github.com/omni-stock/omnistock/pkg/core/config"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

// newLog returns a log on w in the format that the settings say: text is in colors where a person reads it.
func (c *commandLine) newLog(w io.Writer) *slog.Logger {
	level := c.logLevel()
	options := &slog.HandlerOptions{Level: level}
	format, person := c.settings.LogFormat, isTerminal(w)
	var handler slog.Handler = slog.NewTextHandler(w, options)
	switch {
	case format == config.LogJSON, format == config.LogAuto && !person:
		handler = slog.NewJSONHandler(w, options)
	case person:
		handler = tint.NewTextHandler(w, &tint.Options{Level: level, NoColor: c.noColor})
	}
	return slog.New(web.NewLogHandler(handler))
}

// logLevel is the setting's, unless the command line asks for less or more.
func (c *commandLine) logLevel() slog.Level {
	level := c.settings.LogLevel.Level()
	switch {
	case c.verbosity == 0:
		return max(level, slog.LevelWarn)
	case c.verbosity > 1:
		return min(level, slog.LevelDebug)
	}
	return level
}

// isTerminal reports whether a person is at the other end of an input or output.
func isTerminal(stream any) bool {
	file, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}
