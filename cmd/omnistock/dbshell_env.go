package main

import (
	"maps"
	"net/url"
	"slices"
	"strings"
)

// psqlVariables are the variables by which psql knows the parameters of a URL (chapter "Environment Variables" of
// libpq's manual).
var psqlVariables = map[string]string{
	"host": "PGHOST", "hostaddr": "PGHOSTADDR", "port": "PGPORT", "dbname": "PGDATABASE", "user": "PGUSER",
	"password": "PGPASSWORD", "passfile": "PGPASSFILE", "service": "PGSERVICE", "servicefile": "PGSERVICEFILE",
	"application_name": "PGAPPNAME", "connect_timeout": "PGCONNECT_TIMEOUT", "options": "PGOPTIONS",
	"sslmode": "PGSSLMODE", "sslcert": "PGSSLCERT", "sslkey": "PGSSLKEY", "sslrootcert": "PGSSLROOTCERT",
	"sslcrl": "PGSSLCRL", "sslsni": "PGSSLSNI", "ssl_min_protocol_version": "PGSSLMINPROTOCOLVERSION",
	"ssl_max_protocol_version": "PGSSLMAXPROTOCOLVERSION", "channel_binding": "PGCHANNELBINDING",
	"krbsrvname": "PGKRBSRVNAME", "gssencmode": "PGGSSENCMODE", "target_session_attrs": "PGTARGETSESSIONATTRS",
	"client_encoding": "PGCLIENTENCODING",
}

// ownParameters are those of a URL that mean something to this program alone. So do all that begin with pool_.
var ownParameters = []string{
	"default_query_exec_mode", "statement_cache_capacity", "description_cache_capacity", "min_read_buffer_size", "sslpassword",
}

// psqlEnv returns the variables that make psql connect as the URL says. Parameters that are settings of the server, such
// as search_path, become PGOPTIONS.
func psqlEnv(rawURL string) []string {
	u, err := url.Parse(rawURL)
	if err != nil {
		return nil // the settings have refused it
	}
	values := map[string]string{
		"PGHOST": u.Hostname(), "PGPORT": u.Port(), "PGUSER": u.User.Username(), "PGDATABASE": strings.TrimPrefix(u.Path, "/"),
	}
	values["PGPASSWORD"], _ = u.User.Password()
	query := u.Query()
	var options []string
	for _, name := range slices.Sorted(maps.Keys(query)) {
		variable, known := psqlVariables[name]
		switch {
		case known:
			values[variable] = query.Get(name)
		case !slices.Contains(ownParameters, name) && !strings.HasPrefix(name, "pool_"):
			options = append(options, "-c "+name+"="+strings.NewReplacer(`\`, `\\`, " ", `\ `).Replace(query.Get(name)))
		}
	}
	if len(options) > 0 {
		values["PGOPTIONS"] = strings.TrimSpace(values["PGOPTIONS"] + " " + strings.Join(options, " "))
	}
	var env []string
	for _, variable := range slices.Sorted(maps.Keys(values)) {
		if values[variable] != "" {
			env = append(env, variable+"="+values[variable])
		}
	}
	return env
}
