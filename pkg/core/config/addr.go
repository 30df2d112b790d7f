package config

import (
	"fmt"
	"net"
	"regexp"
	"strconv"
	"strings"
)

// addrForm is Django's form of an address, with an optional host before the colon.
var addrForm = regexp.MustCompile(`^(?:(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]*):)?([0-9]+)$`)

// ParseAddr returns the address to listen on for the argument that serve is given: "8000", "1.2.3.4:8000",
// "[::1]:8000", "name:8000", or nothing for the port of the settings. Without a host it is 127.0.0.1, also where the
// environment sets PORT: who wants to be reached from other machines says so, with the host 0, short for 0.0.0.0, as
// in "0:8000". Port 0 takes any free port.
func ParseAddr(arg string, port int) (string, error) {
	if arg == "" {
		arg = strconv.Itoa(port)
	}
	parts := addrForm.FindStringSubmatch(arg)
	if parts == nil {
		return "", fmt.Errorf("%q is no address to listen on; expected a port or host:port, such as 8000, 0:8000, "+
			"1.2.3.4:8000 or [::1]:8000", arg)
	}
	if n, err := strconv.Atoi(parts[2]); err != nil || n > 65535 {
		return "", fmt.Errorf("%s is no port; expected 0 to 65535", parts[2])
	}
	host, err := parseHost(parts[1])
	if err != nil {
		return "", err
	}
	return net.JoinHostPort(host, parts[2]), nil
}

// parseHost returns the host that the words before the colon mean. What looks like an IP address has to be one.
func parseHost(host string) (string, error) {
	switch host {
	case "":
		return "127.0.0.1", nil
	case "0":
		return "0.0.0.0", nil
	}
	bare := strings.Trim(host, "[]")
	looksLikeIP := bare != host || strings.Trim(bare, "0123456789.") == ""
	if looksLikeIP && net.ParseIP(bare) == nil {
		return "", fmt.Errorf("%s is no IP address", host)
	}
	return bare, nil
}
