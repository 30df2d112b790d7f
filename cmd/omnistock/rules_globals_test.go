package main

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"
	"testing"
)

// TestRules_globalsNeverChange holds for all but the packages that help tests: what is declared outside of a function is
// a table, an error, a pattern, and stays what it is.
func TestRules_globalsNeverChange(t *testing.T) {
	all := sources(t)
	names, specs := map[string]bool{}, map[any]bool{} // names as folder.name
	for _, s := range all {
		for _, spec := range globalVars(s) {
			specs[spec] = true
			for _, name := range spec.Names {
				names[s.dir()+"."+name.Name] = true
			}
			if lock := lockIn(spec); lock != "" {
				t.Errorf("%s: a global %s guards something that changes", s.at(spec.Pos()), lock)
			}
		}
	}
	for _, s := range all {
		if isForTests(s) {
			continue
		}
		for _, ident := range changed(s.file) {
			isLocal := ident.Obj != nil && !specs[ident.Obj.Decl] // of another file, it has no object
			if names[s.dir()+"."+ident.Name] && !isLocal {
				t.Errorf("%s: %s is global and changes", s.at(ident.Pos()), ident.Name)
			}
		}
	}
}

func isForTests(s source) bool { return s.isTest() || strings.HasSuffix(s.dir(), "test") }

func globalVars(s source) (specs []*ast.ValueSpec) {
	if isForTests(s) {
		return nil
	}
	for _, decl := range s.file.Decls {
		group, ok := decl.(*ast.GenDecl)
		if !ok || group.Tok != token.VAR {
			continue
		}
		for _, spec := range group.Specs {
			if values, ok := spec.(*ast.ValueSpec); ok {
				specs = append(specs, values)
			}
		}
	}
	return specs
}

// lockIn returns the type of a variable if it is one that several goroutines change.
func lockIn(spec *ast.ValueSpec) string {
	expr := spec.Type
	if expr == nil && len(spec.Values) > 0 {
		if literal, ok := spec.Values[0].(*ast.CompositeLit); ok {
			expr = literal.Type
		}
	}
	selector, ok := expr.(*ast.SelectorExpr)
	if !ok {
		return ""
	}
	pkg, _ := selector.X.(*ast.Ident)
	if pkg == nil || pkg.Name != "atomic" && !slices.Contains([]string{"Mutex", "RWMutex", "Map", "Once"}, selector.Sel.Name) {
		return ""
	}
	return pkg.Name + "." + selector.Sel.Name
}

// changed returns the variables that are assigned to, whole or in part.
func changed(file *ast.File) (idents []*ast.Ident) {
	note := func(expr ast.Expr) {
		if ident := root(expr); ident != nil {
			idents = append(idents, ident)
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, left := range n.Lhs {
				if n.Tok != token.DEFINE {
					note(left)
				}
			}
		case *ast.IncDecStmt:
			note(n.X)
		}
		return true
	})
	return idents
}

// root is x of x, x.a, x[i] and *x.
func root(expr ast.Expr) *ast.Ident {
	switch e := expr.(type) {
	case *ast.Ident:
		return e
	case *ast.SelectorExpr:
		return root(e.X)
	case *ast.IndexExpr:
		return root(e.X)
	case *ast.StarExpr:
		return root(e.X)
	case *ast.ParenExpr:
		return root(e.X)
	}
	return nil
}
