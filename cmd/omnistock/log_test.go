package main

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core/config"
)

func TestLog_formatAndLevel(t *testing.T) {
	for _, test := range []struct {
		name, format, level string
		verbosity           int
		want                string // how the first line begins
	}{
		{name: "aFileByDefault", format: "auto", verbosity: 1, want: `{"time":`},
		{name: "textAsSet", format: "text", verbosity: 1, want: `time=`},
		{name: "jsonAsSet", format: "json", verbosity: 1, want: `{"time":`},
		{name: "lessAsSet", level: "error", verbosity: 1},
		{name: "lessAsAsked", verbosity: 0},
		{name: "moreAsAsked", format: "text", level: "error", verbosity: 2, want: `time=`},
	} {
		t.Run(test.name, func(t *testing.T) {
			env := map[string]string{
				"OMNISTOCK_LOG_FORMAT": test.format, "OMNISTOCK_LOG_LEVEL": test.level, "OMNISTOCK_ENV_FILE": os.DevNull,
			}
			settings, err := config.Load(func(name string) string { return env[name] })
			if err != nil {
				t.Fatal(err)
			}
			var out bytes.Buffer
			c := &commandLine{settings: settings, verbosity: test.verbosity}
			c.newLog(&out).Info("request")
			if got := out.String(); (got == "") != (test.want == "") || !strings.HasPrefix(got, test.want) {
				t.Errorf("log = %q, want it to begin with %q", got, test.want)
			}
		})
	}
}
