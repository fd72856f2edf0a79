package main

import (
	"bytes"
	"context"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The switches stand around each condition once, the wider outside, and no line moves.
func TestInstrument(t *testing.T) {
	const source = `package p

var rules = []rule{
	{"a", 1}, {"b", 2},
}
var words = []string{"a", "b"}

const c = true && false

func f(a, b, c bool) bool {
	if a && (b || c) {
		return a || b && c
	}
	for a && b {
		if c {
			break
		}
	}
	switch {
	case a:
	}
	return a
}
`
	const want = `package p

var rules = mutantRows(7, []rule{
	{"a", 1}, {"b", 2},
})
var words = []string{"a", "b"}

const c = true && false

func f(a, b, c bool) bool {
	if mutantNever(9, mutantAlways(10, a) && mutantAlways(11, (mutantNever(12, b) || mutantNever(13, c)))) {
		return mutantNever(14, a) || mutantNever(15, mutantAlways(16, b) && mutantAlways(17, c))
	}
	for a && b {
		if mutantNever(18, c) {
			break
		}
	}
	switch {
	case mutantNever(19, a):
	}
	return a
}
`
	got, mutants, err := instrument("x/p.go", []byte(source), 7)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("instrumented\n%s", got)
	}
	if len(mutants) != 13 {
		t.Fatalf("%d mutants", len(mutants))
	}
	if got, want := mutants[1].String(), `p.go:4: rules: without: {"b", 2}`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got, want := mutants[4].String(), `p.go:11: f: always: (b || c)`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// What is tried of a sample stays when other mutants come along.
func TestChoose(t *testing.T) {
	mutants := func(n int) (all []*mutant) {
		for i := range n {
			all = append(all, &mutant{file: "f.go", source: strings.Repeat("x", i+1)})
		}
		return all
	}
	chosen := func(p *pkg) (all []string) {
		for _, m := range p.mutants {
			if m.chosen {
				all = append(all, m.source)
			}
		}
		return all
	}
	few, more := &pkg{mutants: mutants(50)}, &pkg{mutants: mutants(60)}
	choose([]*pkg{few}, 10, 1)
	choose([]*pkg{more}, 10, 1)
	before, after := chosen(few), chosen(more)
	kept := 0
	for _, s := range before {
		if slices.Contains(after, s) {
			kept++
		}
	}
	if len(before) != 10 || len(after) != 10 || kept < 7 {
		t.Errorf("of %q are left %q", before, after)
	}
}

func TestAtMost(t *testing.T) {
	for _, c := range []struct {
		k, n int
		p    float64
		want float64
	}{{0, 2, .5, .25}, {1, 2, .5, .75}, {2, 2, .5, 1}, {3, 10, 0, 1}, {10, 10, 1, 1}, {9, 10, 1, 0}} {
		if got := atMost(c.k, c.n, c.p); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("at most %d of %d by %v: %v, want %v", c.k, c.n, c.p, got, c.want)
		}
	}
}

// A whole run over a module of one package: what its test asks for is killed, what it does not survives or is unseen.
func TestRun(t *testing.T) {
	if testing.Short() {
		t.Skip("it compiles a program")
	}
	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod": "module example\n\ngo 1.26\n",
		"p.go": `package p

type row struct{ word string }

var rows = []row{{"a"}, {"b"}}

func known(word string) bool {
	if word == "" {
		return false
	}
	for _, r := range rows {
		if r.word == word {
			return true
		}
	}
	if word == "c" {
		return true
	}
	return false
}
`,
		"p_test.go": `package p

import "testing"

func TestKnown(t *testing.T) {
	if !known("a") || known("") || known("x") {
		t.Error("wrong")
	}
}
`,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
	var out bytes.Buffer
	err := run(context.Background(), []string{"-floor", "50", "."}, os.Environ(), &out)
	if err == nil || !strings.Contains(err.Error(), "under 50 percent: example") {
		t.Errorf("err %v", err)
	}
	for _, want := range []string{
		`example/p.go:5: rows: without: {"b"} (survived)`,
		`example/p.go:8: known: never: word == "" (survived)`,
		`example/p.go:16: known: never: word == "c" (no test reaches it)`,
	} {
		if !strings.Contains(out.String(), want+"\n") {
			t.Errorf("no %s in\n%s", want, out.String())
		}
	}
	if fields := strings.Fields(out.String()); fields[len(fields)-1] != "40.0%" {
		t.Errorf("want 2 of 5 killed\n%s", out.String())
	}
	testAgain(t, out.String())
}

// testAgain tries what a report lists, wherever it stands by now.
func testAgain(t *testing.T, report string) {
	t.Helper()
	report = strings.ReplaceAll(report, "p.go:16:", "p.go:99:")
	if err := os.WriteFile("report", []byte(report), 0o600); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	args := []string{"-again", "report", "-file", "p.go", "-jobs", "2", "."}
	if err := run(context.Background(), args, os.Environ(), &out); err != nil {
		t.Fatal(err)
	}
	fields := strings.Fields(out.String())
	if !slices.Equal(fields[len(fields)-5:], []string{"5", "3", "0", "1", "0.0%"}) {
		t.Errorf("want 3 of 5 tried\n%s", out.String())
	}
}

// TestWith tries two packages as one: what only the tests of the named one notice counts for the other, too.
func TestWith(t *testing.T) {
	if testing.Short() {
		t.Skip("it compiles a program")
	}
	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod": "module example\n\ngo 1.26\n",
		"p.go":   "package example\n",
		"low/p.go": `package low

func Known(word string) bool {
	if word == "a" {
		return true
	}
	if word == "b" {
		return true
	}
	return word == "c" || word == "d"
}
`,
		"low/p_test.go": `package low

import "testing"

func TestKnown(t *testing.T) {
	if !Known("a") {
		t.Error("wrong")
	}
}
`,
		"p_test.go": `package example_test

import (
	"testing"

	"example/low"
)

func TestKnown(t *testing.T) {
	if !low.Known("b") || !low.Known("c") {
		t.Error("wrong")
	}
}
`,
	} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
	var out bytes.Buffer
	args := []string{"-with", ".", "-file", "low/p.go", "./..."}
	if err := run(context.Background(), args, os.Environ(), &out); err != nil {
		t.Fatal(err)
	}
	const survivor = "example/low/p.go:10: Known: never: word == \"d\" (no test reaches it)\n"
	fields := strings.Fields(out.String())
	if !strings.HasPrefix(out.String(), survivor) || strings.Count(out.String(), "(") != 1 ||
		fields[len(fields)-1] != "75.0%" {
		t.Errorf("want 3 of 4 killed\n%s", out.String())
	}
}
