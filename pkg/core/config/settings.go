package config

import (
	"regexp"
	"time"
)

// Settings are all that an operator can set. The tags are the one place where a setting's name, other name (alias),
// default and explanation stand; the settings table of the documentation is made from them (MarkdownTable).
// "otherwise" describes a default that depends on other settings.
type Settings struct {
	SecretKey    Secret   `env:"DJANGO_SECRET_KEY" alias:"SECRET_KEY" otherwise:"a key file in the data folder, with SQLite or DEBUG" help:"signs tokens and reset links; at least 32 random bytes"`
	Debug        bool     `env:"DEBUG" envDefault:"false" help:"development mode; never on a server that others reach"`
	AllowedHosts []string `env:"ALLOWED_HOSTS" envDefault:"localhost,127.0.0.1,[::1]" help:"host names to answer to, separated by commas; .example.com covers its subdomains, * all"`
	RenderHost   string   `env:"RENDER_EXTERNAL_HOSTNAME" help:"set by Render: the service's own host name, added to ALLOWED_HOSTS"`

	DatabaseURL      DatabaseURL `env:"DATABASE_URL" otherwise:"POSTGRES_*, or the SQLite file omnistock.db in the data folder" help:"postgres://user:password@host:5432/name or sqlite:///absolute/path.db or sqlite://relative/path.db"`
	PostgresDB       string      `env:"POSTGRES_DB" otherwise:"POSTGRES_USER" help:"name of the database; used, like the other POSTGRES_*, when DATABASE_URL is empty and POSTGRES_DB or POSTGRES_HOST is set"`
	PostgresUser     string      `env:"POSTGRES_USER" envDefault:"postgres" help:"user of the database"`
	PostgresPassword Secret      `env:"POSTGRES_PASSWORD" help:"password of the database's user"`
	PostgresHost     string      `env:"POSTGRES_HOST" envDefault:"localhost" help:"host of the database, or the folder of its socket"`
	PostgresPort     int         `env:"POSTGRES_PORT" envDefault:"5432" help:"port of the database"`
	PostgresSSLMode  sslMode     `env:"POSTGRES_SSL_MODE" envDefault:"prefer" help:"disable, allow, prefer, require, verify-ca or verify-full"`
	DataDir          string      `env:"OMNISTOCK_DATA_DIR" otherwise:"$XDG_DATA_HOME/omnistock, ~/.local/share/omnistock or ./data" help:"folder of the SQLite database, the key file and the images"`

	CORSAllowedOrigins       []string         `env:"CORS_ALLOWED_ORIGINS" envDefault:"http://localhost:5173" help:"origins whose pages may call the API, separated by commas; that of FRONTEND_URL is always one"`
	CORSAllowedOriginRegexes []*regexp.Regexp `env:"CORS_ALLOWED_ORIGIN_REGEXES" envDefault:"^https://[\\w-]+\\.vercel\\.app$" help:"patterns of further such origins, separated by commas"`
	CSRFTrustedOrigins       []string         `env:"CSRF_TRUSTED_ORIGINS" help:"origins whose forms are trusted, separated by commas; that of FRONTEND_URL is always one"`
	FrontendURL              string           `env:"FRONTEND_URL" envDefault:"http://localhost:5173" help:"address of the client; links in mails lead there"` // no slash at its end

	PublicURL            string        `env:"OMNISTOCK_PUBLIC_URL" otherwise:"the address that the client called" help:"address of this server for everybody; those of uploaded images begin with it"` // no slash at its end
	MaxImage             Bytes         `env:"OMNISTOCK_MAX_IMAGE" envDefault:"10MB" help:"longest image file that is taken; OMNISTOCK_MAX_BODY bounds it, too"`
	UseSupabaseStorage   bool          `env:"USE_SUPABASE_STORAGE" envDefault:"false" help:"keep images in an S3 bucket instead of the data folder"`
	SupabaseEndpoint     string        `env:"SUPABASE_STORAGE_ENDPOINT" alias:"SUPABASE_STORAGE_URL" help:"S3 address of the storage"`
	SupabaseBucket       string        `env:"SUPABASE_STORAGE_BUCKET" envDefault:"omni-stock-media" help:"bucket of the images"`
	SupabaseRegion       string        `env:"SUPABASE_STORAGE_REGION" envDefault:"us-east-1" help:"region of the bucket"`
	SupabaseAccessKey    Secret        `env:"SUPABASE_STORAGE_ACCESS_KEY" alias:"SUPABASE_STORAGE_ACCESS_KEY_ID" help:"S3 access key"`
	SupabaseSecretKey    Secret        `env:"SUPABASE_STORAGE_SECRET_KEY" alias:"SUPABASE_STORAGE_SECRET_ACCESS_KEY" help:"S3 secret key"`
	SupabaseCustomDomain string        `env:"SUPABASE_STORAGE_CUSTOM_DOMAIN" help:"host and path under which the bucket is public"`
	EmailBackend         MailBackend   `env:"EMAIL_BACKEND" otherwise:"console with SQLite or DEBUG, else smtp" help:"smtp, console, file or memory; Django's dotted names are understood"`
	EmailHost            string        `env:"EMAIL_HOST" envDefault:"localhost" help:"mail server"`
	EmailPort            int           `env:"EMAIL_PORT" envDefault:"25" help:"port of the mail server"`
	EmailHostUser        string        `env:"EMAIL_HOST_USER" help:"user at the mail server"`
	EmailHostPassword    Secret        `env:"EMAIL_HOST_PASSWORD" help:"password at the mail server"`
	EmailUseTLS          bool          `env:"EMAIL_USE_TLS" envDefault:"false" help:"switch to TLS after connecting (STARTTLS), usually on port 587"`
	EmailUseSSL          bool          `env:"EMAIL_USE_SSL" envDefault:"false" help:"connect with TLS, usually on port 465"`
	EmailTimeout         time.Duration `env:"EMAIL_TIMEOUT" envDefault:"10s" help:"longest wait for the mail server"`
	EmailFilePath        string        `env:"EMAIL_FILE_PATH" otherwise:"mail in the data folder" help:"folder of the file backend, one file a mail"`
	DefaultFromEmail     string        `env:"DEFAULT_FROM_EMAIL" envDefault:"webmaster@localhost" help:"sender of all mails"`

	Port            int           `env:"PORT" envDefault:"8000" help:"port to listen on; the host is 127.0.0.1 unless serve is given another"`
	ReadTimeout     time.Duration `env:"OMNISTOCK_READ_TIMEOUT" envDefault:"30s" help:"longest time to receive a request"`
	WriteTimeout    time.Duration `env:"OMNISTOCK_WRITE_TIMEOUT" envDefault:"60s" help:"longest time to answer a request"`
	IdleTimeout     time.Duration `env:"OMNISTOCK_IDLE_TIMEOUT" envDefault:"120s" help:"longest pause between two requests of a connection"`
	ShutdownTimeout time.Duration `env:"OMNISTOCK_SHUTDOWN_TIMEOUT" envDefault:"15s" help:"time that requests have to end when the server stops"`
	MaxBody         Bytes         `env:"OMNISTOCK_MAX_BODY" envDefault:"10MB" help:"longest request body, in bytes or with KB, MB or GB"`
	MaxImport       Bytes         `env:"OMNISTOCK_MAX_IMPORT" envDefault:"256MB" help:"longest table that is imported over HTTP, which waits in the folder for temporary files"`
	TrustedProxies  int           `env:"OMNISTOCK_TRUSTED_PROXIES" envDefault:"0" help:"number of proxies in front whose X-Forwarded-For is believed"`
	RateLimit       bool          `env:"OMNISTOCK_RATE_LIMIT" envDefault:"on" help:"limit the attempts to log in, register and reset passwords: on or off"`

	BackupEvery time.Duration `env:"OMNISTOCK_BACKUP_EVERY" envDefault:"0" help:"serve makes a backup this often, such as 24h; 0 for never"`
	BackupDir   string        `env:"OMNISTOCK_BACKUP_DIR" otherwise:"backups in the data folder" help:"folder of the backups"`
	BackupKeep  int           `env:"OMNISTOCK_BACKUP_KEEP" envDefault:"7" help:"number of scheduled backups to keep; 0 keeps all"`

	PasswordIterations int       `env:"OMNISTOCK_PASSWORD_ITERATIONS" envDefault:"720000" help:"cost of a new password hash; at least 100000 unless DEBUG"`
	LogFormat          LogFormat `env:"OMNISTOCK_LOG_FORMAT" envDefault:"auto" help:"text, json, or auto: text on a terminal, json elsewhere"`
	LogLevel           LogLevel  `env:"OMNISTOCK_LOG_LEVEL" envDefault:"info" help:"debug, info, warning or error"`
	EnvFile            string    `env:"OMNISTOCK_ENV_FILE" otherwise:".env, if present" help:"file with further settings as NAME=value; the environment wins"`

	origins map[string]origin // by the setting's first name
}

// Embedded reports whether the database is the SQLite file of this machine.
func (s *Settings) Embedded() bool { return s.DatabaseURL.IsSQLite() }
