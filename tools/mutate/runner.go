package main

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
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
	ImportPath, Dir, Name string
	GoFiles               []string

	mutants []*mutant
	overlay map[string][]byte // what is compiled in the place of a file
}

func load(ctx context.Context, patterns []string) ([]*pkg, error) {
	cmd := exec.CommandContext(ctx, "go", append([]string{"list", "-json=ImportPath,Dir,Name,GoFiles"}, patterns...)...)
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
		if err := p.instrument(); err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	return all, nil
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
	program, err := r.compile(ctx, p)
	if err != nil {
		return err
	}
	seen, err := r.differing(ctx, p, program)
	if err != nil {
		return err
	}
	var wait sync.WaitGroup
	seats := make(chan struct{}, r.jobs)
	for i, m := range p.mutants {
		if !m.chosen {
			continue
		}
		m.outcome = unseen
		if !seen[i] {
			continue
		}
		seats <- struct{}{}
		wait.Go(func() {
			m.outcome = killed
			if r.passes(ctx, p, program, i) {
				m.outcome = survived
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

func (r *runner) passes(ctx context.Context, p *pkg, program string, id int) bool {
	variable := fmt.Sprint("PILCROW_MUTANT=", id)
	return r.test(ctx, p, program, variable, quickTests) == nil && r.test(ctx, p, program, variable, shortTests) == nil
}

func (r *runner) compile(ctx context.Context, p *pkg) (string, error) {
	dir, err := os.MkdirTemp(r.temp, p.Name)
	if err != nil {
		return "", err
	}
	var overlay struct{ Replace map[string]string }
	overlay.Replace = map[string]string{}
	for path, source := range p.overlay {
		overlay.Replace[path] = filepath.Join(dir, filepath.Base(path))
		if err := os.WriteFile(overlay.Replace[path], source, 0o600); err != nil {
			return "", err
		}
	}
	list, err := json.Marshal(overlay)
	if err != nil {
		return "", err
	}
	replaced, program := filepath.Join(dir, "overlay.json"), filepath.Join(dir, "tests")
	if err := os.WriteFile(replaced, list, 0o600); err != nil {
		return "", err
	}
	cmd := exec.CommandContext(ctx, "go", "test", "-c", "-vet=off", "-overlay", replaced, "-o", program, p.ImportPath)
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("compile: %w\n%s", err, out)
	}
	if _, err := os.Stat(program); err != nil {
		return "", errors.New("it has no tests")
	}
	return program, nil
}

// differing runs the tests as they are and returns which mutants would make a difference in them.
func (r *runner) differing(ctx context.Context, p *pkg, program string) (map[int]bool, error) {
	log := program + ".log"
	for _, tests := range []string{quickTests, shortTests} {
		if err := r.test(ctx, p, program, "PILCROW_MUTANT_LOG="+log, tests); err != nil {
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
func (r *runner) test(ctx context.Context, p *pkg, program, variable, tests string) error {
	cmd := exec.CommandContext(ctx, program, tests, "-test.failfast", "-test.timeout="+r.timeout.String())
	cmd.Dir = p.Dir
	cmd.Env = slices.DeleteFunc(slices.Clone(r.env), func(v string) bool {
		return strings.HasPrefix(v, "PILCROW_SHARED=")
	})
	cmd.Env = append(cmd.Env, variable)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%w\n%s", err, out)
	}
	return nil
}
