package main

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// An outcome is what became of a mutant.
type outcome uint8

const (
	untried  outcome = iota // not in the sample
	unseen                  // no test makes a difference to it
	survived                // the tests pass
	killed
)

// A mutant is a rule switched off.
type mutant struct {
	file    string // its base name
	line    int
	inside  string // the function or the variable that it is in
	change  string // "never" or "always", or "without" for a row
	source  string // the condition or the row
	chosen  bool
	outcome outcome
}

func (m *mutant) String() string {
	short := strings.Join(strings.Fields(m.source), " ")
	if cut := []rune(short); len(cut) > 90 {
		short = string(cut[:90]) + "…"
	}
	return fmt.Sprintf("%s:%d: %s: %s: %s", m.file, m.line, m.inside, m.change, short)
}

// hash orders mutants by chance, the same for as long as the rule itself stays as it is.
func (m *mutant) hash(pkg string, seed uint64) uint64 {
	key := strings.Join([]string{strconv.FormatUint(seed, 10), pkg, m.file, m.inside, m.change, m.source}, "\x00")
	sum := sha256.Sum256([]byte(key))
	return binary.BigEndian.Uint64(sum[:])
}

// choose marks the n mutants of all packages that are tried.
func choose(packages []*pkg, n int, seed uint64) {
	type place struct {
		m    *mutant
		hash uint64
	}
	var all []place
	for _, p := range packages {
		for _, m := range p.mutants {
			m.chosen = false
			all = append(all, place{m, m.hash(p.ImportPath, seed)})
		}
	}
	slices.SortStableFunc(all, func(a, b place) int { return cmp.Compare(a.hash, b.hash) })
	for _, at := range all[:min(n, len(all))] {
		at.m.chosen = true
	}
}

// chooseListed marks the mutants that a report lists.
func chooseListed(packages []*pkg, report string) error {
	lines, err := os.ReadFile(report)
	if err != nil {
		return err
	}
	listed := map[string]bool{}
	for line := range strings.Lines(string(lines)) {
		if i := strings.LastIndex(line, " ("); i >= 0 {
			listed[withoutLine(line[:i])] = true
		}
	}
	for _, p := range packages {
		for _, m := range p.mutants {
			m.chosen = listed[withoutLine(p.ImportPath+"/"+m.String())]
		}
	}
	return nil
}

// chooseFile leaves only the mutants of one file marked.
func chooseFile(packages []*pkg, name string) {
	for _, p := range packages {
		for _, m := range p.mutants {
			m.chosen = m.chosen && (m.file == name || path.Base(m.file) == name)
		}
	}
}

// withoutLine cuts the number of the line out of the name of a mutant.
func withoutLine(name string) string {
	file, rest, _ := strings.Cut(name, ":")
	_, rest, _ = strings.Cut(rest, ":")
	return file + rest
}

// A splice puts text into a file. Of two at one place the one with the lower order comes first.
type splice struct {
	at, order int
	text      string
}

// An instrumenter finds the mutants of a file and writes the file with a switch for each.
type instrumenter struct {
	fset    *token.FileSet
	source  []byte
	name    string
	inside  string
	first   int // number of the file's first mutant
	mutants []*mutant
	splices []splice
}

// instrument returns the source with a switch for each mutant; first is the number of the first one.
func instrument(name string, source []byte, first int) ([]byte, []*mutant, error) {
	in := &instrumenter{fset: token.NewFileSet(), source: source, name: name, first: first}
	file, err := parser.ParseFile(in.fset, name, source, parser.SkipObjectResolution)
	if err != nil {
		return nil, nil, err
	}
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			in.inside = d.Name.Name
			ast.Inspect(d, in.visit)
		case *ast.GenDecl:
			in.declared(d)
		}
	}
	slices.SortStableFunc(in.splices, func(a, b splice) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.order, b.order))
	})
	var out []byte
	done := 0
	for _, s := range in.splices {
		out = append(append(out, source[done:s.at]...), s.text...)
		done = s.at
	}
	return append(out, source[done:]...), in.mutants, nil
}

// declared looks into the variables of a package: their tables, and the functions in them.
func (in *instrumenter) declared(d *ast.GenDecl) {
	if d.Tok != token.VAR {
		return
	}
	for _, spec := range d.Specs {
		v := spec.(*ast.ValueSpec)
		in.inside = v.Names[0].Name
		for _, value := range v.Values {
			if table, ok := value.(*ast.CompositeLit); ok && isTable(table) {
				in.rows(table)
			}
			ast.Inspect(value, in.visit)
		}
	}
}

// isTable tells a slice of structs.
func isTable(lit *ast.CompositeLit) bool {
	slice, ok := lit.Type.(*ast.ArrayType)
	if !ok || slice.Len != nil || len(lit.Elts) < 2 {
		return false
	}
	if _, nested := slice.Elt.(*ast.ArrayType); nested {
		return false // groups of words
	}
	return !slices.ContainsFunc(lit.Elts, func(e ast.Expr) bool {
		row, ok := e.(*ast.CompositeLit)
		return !ok || row.Type != nil
	})
}

func (in *instrumenter) rows(table *ast.CompositeLit) {
	id := in.first + len(in.mutants)
	for _, row := range table.Elts {
		in.add(row, "without")
	}
	in.wrap(table, fmt.Sprintf("mutantRows(%d, ", id))
}

func (in *instrumenter) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.GenDecl:
		return n.Tok != token.CONST
	case *ast.ForStmt:
		if n.Cond != nil { // only what is in its body
			if n.Init != nil {
				ast.Inspect(n.Init, in.visit)
			}
			ast.Inspect(n.Body, in.visit)
			return false
		}
	case *ast.IfStmt:
		in.condition(n.Cond, "never")
	case *ast.SwitchStmt:
		if n.Tag == nil {
			for _, s := range n.Body.List {
				for _, c := range s.(*ast.CaseClause).List {
					in.condition(c, "never")
				}
			}
		}
	case *ast.BinaryExpr:
		change := map[token.Token]string{token.LAND: "always", token.LOR: "never"}[n.Op]
		for _, operand := range []ast.Expr{n.X, n.Y} {
			if inner, ok := operand.(*ast.BinaryExpr); change != "" && !(ok && inner.Op == n.Op) {
				in.condition(operand, change)
			}
		}
	}
	return true
}

// condition adds the mutant in which the condition never, or always, holds.
func (in *instrumenter) condition(e ast.Expr, change string) {
	call := map[string]string{"never": "mutantNever", "always": "mutantAlways"}[change]
	in.wrap(e, fmt.Sprintf("%s(%d, ", call, in.first+len(in.mutants)))
	in.add(e, change)
}

func (in *instrumenter) add(n ast.Node, change string) {
	from, to := in.fset.Position(n.Pos()), in.fset.Position(n.End())
	in.mutants = append(in.mutants, &mutant{
		file: filepath.Base(in.name), line: from.Line, inside: in.inside, change: change,
		source: string(in.source[from.Offset:to.Offset]), chosen: true,
	})
}

// wrap puts a call around an expression. Of two at one place the wider one is outside; of two as wide, the first.
func (in *instrumenter) wrap(n ast.Node, open string) {
	from, to := in.fset.Position(n.Pos()).Offset, in.fset.Position(n.End()).Offset
	in.splices = append(in.splices, splice{from, from - to, open}, splice{to, to - from, ")"})
}
