package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// TestVersion: bot --version prints the version of the newest entry in CHANGELOG.md, and needs no configuration for it.
func TestVersion(t *testing.T) {
	log, err := os.ReadFile(filepath.Join("..", "..", "CHANGELOG.md"))
	if err != nil {
		t.Fatal(err)
	}
	newest := regexp.MustCompile(`(?m)^## (\d+\.\d+\.\d+)`).FindSubmatch(log)
	if newest == nil {
		t.Fatal("CHANGELOG.md has no version")
	}
	var out, problems bytes.Buffer
	if code := run(t.Context(), []string{"--version"}, func(string) string { return "" }, nil, &out,
		&problems); code != 0 {
		t.Errorf("exit code %d: %s", code, problems.String())
	}
	if got, want := out.String(), "bot "+string(newest[1])+"\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
