// Notices writes the licenses of everything that is in a program: of its modules, as go list names them, and of Go
// itself. The texts are those that lie beside the code in the module cache, word for word.
//
//	go run ./tools/notices ./cmd/bot > NOTICES
package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: notices PACKAGE")
		os.Exit(2)
	}
	out := bufio.NewWriter(os.Stdout)
	if err := errors.Join(write(context.Background(), out, os.Args[1]), out.Flush()); err != nil {
		fmt.Fprintln(os.Stderr, "notices:", err)
		os.Exit(1)
	}
}

// A module is what go list says of one.
type module struct {
	Path, Version, Dir string
	Main               bool
	Replace            *module
}

// licenseFile is what a file of a license is called, wherever one looks: LICENSE, license.md, COPYING, LICENSE-GO,
// OFL.txt, PATENTS, NOTICE.
var licenseFile = regexp.MustCompile(`(?i)^((un)?(licen[cs]e|copying|copyright|notice|patents)([-_.].*)?|ofl\.txt)$`)

// copyleft are licenses that ask for more than that their text comes along.
var copyleft = regexp.MustCompile(`(?i)mozilla public license|gnu (lesser |affero )?general public license`)

// write writes the notices of a package: what is in it on all the systems that it is built for.
func write(ctx context.Context, w io.Writer, pkg string) error {
	modules, err := modulesOf(ctx, pkg)
	if err != nil {
		return err
	}
	root, err := exec.CommandContext(ctx, "go", "env", "GOROOT").Output()
	if err != nil {
		return fmt.Errorf("go env: %w", err)
	}
	modules = append(modules, module{Path: "Go, its standard library and runtime", Version: runtime.Version(),
		Dir: strings.TrimSpace(string(root))})
	fmt.Fprintf(w, "This program contains the following works of others, each under its own license.\n\n")
	for _, m := range modules {
		fmt.Fprintf(w, "- %s %s\n", m.Path, m.Version)
	}
	var missing []error
	for _, m := range modules {
		texts, err := licenses(m.Dir)
		if err != nil {
			return err
		}
		if len(texts) == 0 {
			missing = append(missing, fmt.Errorf("%s %s: no license lies beside the code", m.Path, m.Version))
		}
		fmt.Fprintf(w, "\n%s\n%s %s\n", strings.Repeat("=", 80), m.Path, m.Version)
		if slices.ContainsFunc(texts, copyleft.Match) {
			fmt.Fprintf(w, "It is used as it is; its source, of this version, is at https://%s, tag %s\n", m.Path, m.Version)
		}
		for _, text := range texts {
			fmt.Fprintf(w, "%s\n%s\n", strings.Repeat("-", 80), bytes.TrimSpace(text))
		}
	}
	return errors.Join(missing...)
}

// platforms are those that releases are built for: each may need modules that others do not.
var platforms = []string{"linux/amd64", "linux/arm64", "darwin/arm64", "windows/amd64", "freebsd/amd64"}

// modulesOf are the modules of which something is in a package, by path.
func modulesOf(ctx context.Context, pkg string) ([]module, error) {
	all := map[string]module{}
	for _, platform := range platforms {
		system, machine, _ := strings.Cut(platform, "/")
		list := exec.CommandContext(ctx, "go", "list", "-deps", "-json=Module", pkg) //nolint:gosec // a developer's argument
		list.Env = append(list.Environ(), "GOOS="+system, "GOARCH="+machine, "CGO_ENABLED=0")
		list.Stderr = os.Stderr
		out, err := list.Output()
		if err != nil {
			return nil, fmt.Errorf("go list %s: %w", pkg, err)
		}
		for d := json.NewDecoder(bytes.NewReader(out)); ; {
			var dep struct{ Module *module }
			if err := d.Decode(&dep); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				return nil, fmt.Errorf("go list %s: %w", pkg, err)
			}
			if dep.Module == nil { // of the standard library
				continue
			}
			m := *dep.Module
			if m.Replace != nil {
				m = *m.Replace
			}
			if !m.Main {
				all[m.Path] = m
			}
		}
	}
	var list []module
	for _, m := range all {
		list = append(list, m)
	}
	slices.SortFunc(list, func(a, b module) int { return cmp.Compare(a.Path, b.Path) })
	return list, nil
}

// licenses are the texts beside the code of a module, and one folder deep, where some keep those of what they contain.
func licenses(dir string) (texts [][]byte, err error) {
	for _, pattern := range []string{"*", filepath.Join("*", "*")} {
		files, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			info, err := os.Stat(file)
			if err != nil || !info.Mode().IsRegular() || !licenseFile.MatchString(filepath.Base(file)) ||
				filepath.Ext(file) == ".go" ||
				strings.Contains(file, "testdata") {
				continue
			}
			text, err := os.ReadFile(file)
			if err != nil {
				return nil, err
			}
			if !slices.ContainsFunc(texts, func(t []byte) bool { return bytes.Equal(t, text) }) {
				texts = append(texts, text)
			}
		}
	}
	return texts, nil
}
