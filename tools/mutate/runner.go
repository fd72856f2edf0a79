package main

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// switches are the functions that the instrumented conditions call.
//
//go:embed switch.go.txt
var switches string

// A pkg is a package as go list names it, with its mutants.
type pkg struct {
	ImportPath, Dir, Name     string
	GoFiles                   []string
	TestGoFiles, XTestGoFiles []string

	mutants []*mutant
	overlay map[string][]byte // what is compiled in the place of a file
	tests   []tests           // whose tests are run
}

// tests are those of a package.
type tests struct{ importPath, dir string }

func (p *pkg) own() []tests {
	if len(p.TestGoFiles)+len(p.XTestGoFiles) == 0 {
		return nil
	}
	return []tests{{p.ImportPath, p.Dir}}
}

func list(ctx context.Context, patterns ...string) ([]*pkg, error) {
	const fields = "-json=ImportPath,Dir,Name,GoFiles,TestGoFiles,XTestGoFiles"
	cmd := exec.CommandContext(ctx, "go", append([]string{"list", fields}, patterns...)...)
	cmd.Stderr = os.Stderr
	listed, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	var all []*pkg
	for dec := json.NewDecoder(bytes.NewReader(listed)); dec.More(); {
		p := &pkg{overlay: map[string][]byte{}}
		if err := dec.Decode(p); err != nil {
			return nil, fmt.Errorf("go list: %w", err)
		}
		p.tests = p.own()
		all = append(all, p)
	}
	return all, nil
}

// load finds the mutants of the packages. with names a package whose tests are theirs, too: they are one then.
func load(ctx context.Context, patterns []string, with string) ([]*pkg, error) {
	all, err := list(ctx, patterns...)
	if err != nil {
		return nil, err
	}
	if with == "" {
		for _, p := range all {
			if err := p.instrument(); err != nil {
				return nil, err
			}
		}
		return all, nil
	}
	named, err := list(ctx, with)
	if err != nil {
		return nil, err
	}
	whole := named[0]
	for _, p := range all {
		// Their numbers go on: one program has all of them.
		if p.mutants = whole.mutants; p.ImportPath != whole.ImportPath {
			whole.tests = append(whole.tests, p.own()...)
		}
		if err := p.instrument(); err != nil {
			return nil, err
		}
		folder, err := filepath.Rel(whole.Dir, p.Dir)
		if err != nil {
			return nil, err
		}
		for _, m := range p.mutants[len(whole.mutants):] {
			m.file = filepath.ToSlash(filepath.Join(folder, m.file))
		}
		whole.mutants = p.mutants
		maps.Copy(whole.overlay, p.overlay)
	}
	return []*pkg{whole}, nil
}

func (p *pkg) instrument() error {
	for _, name := range p.GoFiles {
		path := filepath.Join(p.Dir, name)
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		changed, mutants, err := instrument(path, source, len(p.mutants))
		if err != nil {
			return err
		}
		p.overlay[path] = changed
		p.mutants = append(p.mutants, mutants...)
	}
	p.overlay[filepath.Join(p.Dir, "mutant_switches.go")] = fmt.Appendf(nil, switches, p.Name, max(1, len(p.mutants)))
	return nil
}

// A runner compiles packages and runs their tests.
type runner struct {
	temp    string
	env     []string
	timeout time.Duration
	jobs    int
}

// try finds out what becomes of a package's chosen mutants.
func (r *runner) try(ctx context.Context, p *pkg) error {
	if !slices.ContainsFunc(p.mutants, func(m *mutant) bool { return m.chosen }) {
		return nil
	}
	programs, err := r.compile(ctx, p)
	if err != nil {
		return err
	}
	seen := make([]map[int]bool, len(programs))
	for k, program := range programs {
		if seen[k], err = r.differing(ctx, program); err != nil {
			return err
		}
	}
	var wait sync.WaitGroup
	seats := make(chan struct{}, r.jobs)
	for i, m := range p.mutants {
		if !m.chosen {
			continue
		}
		m.outcome = unseen
		if !slices.ContainsFunc(seen, func(s map[int]bool) bool { return s[i] }) {
			continue
		}
		seats <- struct{}{}
		wait.Go(func() {
			m.outcome = survived
			for k, program := range programs {
				if seen[k][i] && !r.passes(ctx, program, i) {
					m.outcome = killed
					break
				}
			}
			<-seats
		})
	}
	wait.Wait()
	return ctx.Err()
}

// What of the tests is run: first those that find most mutants in a fraction of the time that all tests take.
const (
	quickTests = "-test.run=^TestSamples$"
	shortTests = "-test.short"
)

// A program has the tests of a package, which run in its folder.
type program struct{ path, dir string }

func (r *runner) passes(ctx context.Context, p program, id int) bool {
	variable := fmt.Sprint("PILCROW_MUTANT=", id)
	return r.test(ctx, p, variable, quickTests) == nil && r.test(ctx, p, variable, shortTests) == nil
}

func (r *runner) compile(ctx context.Context, p *pkg) ([]program, error) {
	if len(p.tests) == 0 {
		return nil, errors.New("it has no tests")
	}
	dir, err := os.MkdirTemp(r.temp, p.Name)
	if err != nil {
		return nil, err
	}
	var overlay struct{ Replace map[string]string }
	overlay.Replace = map[string]string{}
	for path, source := range p.overlay {
		overlay.Replace[path] = filepath.Join(dir, fmt.Sprint(len(overlay.Replace), "_", filepath.Base(path)))
		if err := os.WriteFile(overlay.Replace[path], source, 0o600); err != nil {
			return nil, err
		}
	}
	list, err := json.Marshal(overlay)
	if err != nil {
		return nil, err
	}
	replaced := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(replaced, list, 0o600); err != nil {
		return nil, err
	}
	var all []program
	for k, t := range p.tests {
		path := filepath.Join(dir, fmt.Sprint("tests", k))
		cmd := exec.CommandContext(ctx, "go", "test", "-c", "-vet=off", "-overlay", replaced, "-o", path, t.importPath)
		if out, err := cmd.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("compile: %w\n%s", err, out)
		}
		all = append(all, program{path, t.dir})
	}
	return all, nil
}

// differing runs the tests as they are and returns which mutants would make a difference in them.
func (r *runner) differing(ctx context.Context, p program) (map[int]bool, error) {
	log := p.path + ".log"
	for _, tests := range []string{quickTests, shortTests} {
		if err := r.test(ctx, p, "PILCROW_MUTANT_LOG="+log, tests); err != nil {
			return nil, fmt.Errorf("the tests fail without a mutant: %w", err)
		}
	}
	numbers, err := os.ReadFile(log)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	seen := map[int]bool{}
	for n := range strings.FieldsSeq(string(numbers)) {
		id, err := strconv.Atoi(n)
		if err != nil {
			return nil, err
		}
		seen[id] = true
	}
	return seen, nil
}

// test runs some tests once, with a variable set.
func (r *runner) test(ctx context.Context, p program, variable, tests string) error {
	cmd := exec.CommandContext(ctx, p.path, tests, "-test.failfast", "-test.timeout="+r.timeout.String())
	cmd.Dir = p.dir
	cmd.Env = slices.DeleteFunc(slices.Clone(r.env), func(v string) bool {
		return strings.HasPrefix(v, "PILCROW_SHARED=")
	})
	cmd.Env = append(cmd.Env, variable)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%w\n%s", err, out)
	}
	return nil
}
