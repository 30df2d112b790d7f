package config_test

import (
	"testing"

	"github.com/omni-stock/omnistock/pkg/core/config"
)

func TestParseAddr_understood(t *testing.T) {
	for arg, want := range map[string]string{
		"":                "127.0.0.1:9000",
		"8000":            "127.0.0.1:8000",
		":8000":           "127.0.0.1:8000",
		"0:8000":          "0.0.0.0:8000",
		"0.0.0.0:8000":    "0.0.0.0:8000",
		"1.2.3.4:8000":    "1.2.3.4:8000",
		"[::1]:8000":      "[::1]:8000",
		"[::]:8000":       "[::]:8000",
		"localhost:8000":  "localhost:8000",
		"shop.example:80": "shop.example:80",
		"127.0.0.1:0":     "127.0.0.1:0",
	} {
		got, err := config.ParseAddr(arg, 9000)
		if err != nil || got != want {
			t.Errorf("%q: address = %q, %v, want %q", arg, got, err, want)
		}
	}
}

func TestParseAddr_refused(t *testing.T) {
	for _, arg := range []string{
		"abc", "70000", "1.2.3.4", "1.2.3:80", "999.1.1.1:80", "::1:8000", "[::1]", "[zz]:80", "[:]:80",
		"8000:", "-1", "a b:80", "http://x:80", "0:99999999999999999999",
	} {
		if got, err := config.ParseAddr(arg, 9000); err == nil {
			t.Errorf("%q: address = %q, want an error", arg, got)
		}
	}
}
