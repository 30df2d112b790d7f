package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const modulePath = "github.com/omni-stock/omnistock/"

// A source is one Go file of the repository.
type source struct {
	path string // from the repository's root, such as pkg/users/user.go
	file *ast.File
	set  *token.FileSet
}

func (s source) dir() string  { return filepath.ToSlash(filepath.Dir(s.path)) }
func (s source) isTest() bool { return strings.HasSuffix(s.path, "_test.go") }
func (s source) lines() int   { return s.set.Position(s.file.FileEnd).Line }
func (s source) at(p token.Pos) string {
	return s.path + ":" + strconv.Itoa(s.set.Position(p).Line)
}

func sources(t *testing.T) (all []source) {
	t.Helper()
	const root = "../.."
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, nil, parser.ParseComments)
		relative, _ := filepath.Rel(root, path)
		all = append(all, source{path: filepath.ToSlash(relative), file: file, set: set})
		return err
	})
	if err != nil || len(all) < 50 {
		t.Fatalf("found %d files: %v", len(all), err)
	}
	return all
}

// layers are our packages in order: each may import those in front of it. Those of tests come after what they test.
var layers = []string{
	"pkg/core",
	"pkg/core/console",
	"pkg/core/check",
	"pkg/core/mail",
	"pkg/core/progress",
	"pkg/core/sheet",
	"pkg/core/db",
	"pkg/core/web",
	"pkg/core/config",
	"pkg/core/app",
	"pkg/core/idempotency",
	"pkg/core/storage",
	"migrations",
	"pkg/users",
	"pkg/vendors",
	"pkg/catalog",
	"pkg/stock",
	"pkg/serial",
	"pkg/costing",
	"pkg/inventory",
	"pkg/pricing",
	"pkg/overview",
	"pkg/sales",
	"pkg/stocktake",
	"pkg/domains",
	"pkg/adoption",
	"fixtures",
	"pkg/conversion",
	"pkg/anonymization",
	"pkg/backup",
	"pkg/doctor",
	"pkg/core/dbtest",
	"pkg/core/apptest",
	"pkg/domains/domainstest", // for tests
	"cmd/omnistock",
}

// siblings are packages of core that do not know each other.
var siblings = []string{"pkg/core/check", "pkg/core/mail", "pkg/core/progress", "pkg/core/sheet", "pkg/core/db", "pkg/core/web"}

func TestRules_dependenciesRunOneWay(t *testing.T) {
	rank := map[string]int{}
	for i, layer := range layers {
		rank[layer] = i
	}
	for _, s := range sources(t) {
		from, known := rank[s.dir()]
		if !known {
			t.Errorf("%s: the package has no layer: add it to the list", s.path)
			continue
		}
		for _, imp := range s.file.Imports {
			path, _ := strconv.Unquote(imp.Path.Value)
			dir, ours := strings.CutPrefix(path, modulePath)
			if !ours || s.isTest() {
				continue
			}
			to, known := rank[dir]
			crosses := slices.Contains(siblings, s.dir()) && slices.Contains(siblings, dir)
			if !known || to >= from || crosses {
				t.Errorf("%s imports %s, against the layers", s.at(imp.Pos()), dir)
			}
			if strings.HasSuffix(dir, "test") && !strings.HasSuffix(s.dir(), "test") {
				t.Errorf("%s: %s is for tests", s.at(imp.Pos()), dir)
			}
		}
	}
}

// homes says where alone a library may be imported: in files whose paths begin so.
var homes = map[string][]string{
	"github.com/ory/dockertest":      {"pkg/core/dbtest/"},
	"github.com/getkin/kin-openapi":  {"pkg/core/web/", "pkg/core/app/", "pkg/core/apptest/", "cmd/omnistock/openapi"},
	"github.com/uptrace/bunrouter":   {"pkg/core/web/"},
	"github.com/oasdiff/oasdiff":     {"cmd/omnistock/openapi"},
	"github.com/jackc/pgx":           {"pkg/core/db/"},
	"modernc.org/sqlite":             {"pkg/core/db/"},
	"github.com/golang-jwt/jwt":      {"pkg/users/"},
	"github.com/wneessen/go-mail":    {"pkg/core/mail/"},
	"github.com/minio/minio-go":      {"pkg/core/storage/"},
	"github.com/klauspost/compress":  {"pkg/backup/"},
	"golang.org/x/image":             {"pkg/core/storage/"},
	"github.com/caarlos0/env":        {"pkg/core/config/"},
	"github.com/joho/godotenv":       {"pkg/core/config/"},
	"github.com/schollz/progressbar": {"pkg/core/progress/"},
	"github.com/xuri/excelize":       {}, // for tests: its tables cost 6 MB of memory at start
}

func TestRules_librariesStayAtHome(t *testing.T) {
	for _, s := range sources(t) {
		for _, imp := range s.file.Imports {
			path, _ := strconv.Unquote(imp.Path.Value)
			for library, places := range homes {
				isHome := slices.ContainsFunc(places, func(place string) bool { return strings.HasPrefix(s.path, place) })
				if strings.HasPrefix(path, library) && !s.isTest() && !isHome {
					t.Errorf("%s: %s belongs into %v", s.at(imp.Pos()), library, places)
				}
			}
		}
	}
}

// sqlCalls are the methods of bun and database/sql that send SQL.
var sqlCalls = []string{
	"NewSelect", "NewInsert", "NewUpdate", "NewDelete", "NewRaw", "NewMerge", "NewValues", "NewCreateTable", "NewDropTable",
	"NewCreateIndex", "NewDropIndex", "NewAddColumn", "NewDropColumn", "NewTruncateTable", "NewStatement",
	"Exec", "ExecContext", "QueryContext", "QueryRow", "QueryRowContext", "Prepare", "PrepareContext",
}

func mayHoldSQL(s source) bool {
	return s.isTest() || strings.HasSuffix(s.path, "_query.go") ||
		slices.Contains([]string{"pkg/core/db", "pkg/core/dbtest", "pkg/domains/domainstest", "migrations"}, s.dir())
}

func TestRules_sqlStaysInQueryFiles(t *testing.T) {
	for _, s := range sources(t) {
		if mayHoldSQL(s) {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			if selector, ok := n.(*ast.SelectorExpr); ok && slices.Contains(sqlCalls, selector.Sel.Name) {
				t.Errorf("%s: %s belongs into a _query.go file", s.at(n.Pos()), selector.Sel.Name)
			}
			return true
		})
	}
}

// inner are the roles of a domain's files that know nothing of HTTP.
var inner = []string{"_service.go", "_policy.go", "_query.go"}

func TestRules_useCasesKnowNoHTTP(t *testing.T) {
	for _, s := range sources(t) {
		isInner := slices.ContainsFunc(inner, func(role string) bool { return strings.HasSuffix(s.path, role) })
		for _, imp := range s.file.Imports {
			path, _ := strconv.Unquote(imp.Path.Value)
			if isInner && (path == modulePath+"pkg/core/web" || path == "net/http") {
				t.Errorf("%s imports %s: HTTP belongs into an _api.go file", s.at(imp.Pos()), path)
			}
		}
	}
}

func TestRules_queriesAreNotExported(t *testing.T) {
	for _, s := range sources(t) {
		if !strings.HasSuffix(s.path, "_query.go") {
			continue
		}
		for _, decl := range s.file.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Name.IsExported() {
				t.Errorf("%s: %s is exported", s.at(f.Pos()), f.Name.Name)
			}
		}
	}
}

func TestRules_onePackageComment(t *testing.T) {
	comments := map[string][]string{}
	for _, s := range sources(t) {
		if _, ok := comments[s.dir()]; !ok {
			comments[s.dir()] = nil
		}
		if s.file.Doc != nil {
			comments[s.dir()] = append(comments[s.dir()], s.path)
		}
	}
	for dir, files := range comments {
		want := dir + "/doc.go"
		if dir == "cmd/omnistock" {
			want = dir + "/main.go"
		}
		if !slices.Equal(files, []string{want}) {
			t.Errorf("package comments of %s stand in %v, want them in %s alone", dir, files, want)
		}
	}
}

func TestRules_nothingIsTooLong(t *testing.T) {
	for _, s := range sources(t) {
		if s.isTest() {
			continue
		}
		if s.lines() > 350 {
			t.Errorf("%s has %d lines: is it one thing?", s.path, s.lines())
		}
		for _, decl := range s.file.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if !ok {
				continue
			}
			if n := s.set.Position(f.End()).Line - s.set.Position(f.Pos()).Line + 1; n > 60 && !isTable(f) {
				t.Errorf("%s: %s has %d lines", s.at(f.Pos()), f.Name.Name, n)
			}
		}
	}
}

// isTable reports whether a function is one composite literal that it returns, such as a list of operations.
func isTable(f *ast.FuncDecl) bool {
	last, ok := f.Body.List[len(f.Body.List)-1].(*ast.ReturnStmt)
	if !ok || len(last.Results) != 1 || len(f.Body.List) > 3 {
		return false
	}
	_, ok = last.Results[0].(*ast.CompositeLit)
	return ok
}

func TestRules_noInit(t *testing.T) {
	for _, s := range sources(t) {
		for _, decl := range s.file.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
				t.Errorf("%s: init registers behind everybody's back", s.at(f.Pos()))
			}
		}
	}
}
