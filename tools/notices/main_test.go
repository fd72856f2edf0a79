package main

import (
	"strings"
	"testing"
)

// Nothing that is in the program lacks its license, and where one asks for the source it is said where that is.
func TestNotices(t *testing.T) {
	var b strings.Builder
	if err := write(t.Context(), &b, "pilcrow/cmd/bot"); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Mozilla Public License Version 2.0", "- github.com/philippgille/chromem-go v",
		"- Go, its standard library",
		"its source, of this version, is at https://github.com/philippgille/chromem-go", "- modernc.org/sqlite v",
		"Copyright"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q", want)
		}
	}
}

func TestLicenseFile(t *testing.T) {
	for name, want := range map[string]bool{"LICENSE": true, "LICENCE.md": true, "license-go.txt": true, "COPYING": true,
		"OFL.txt": true,
		"NOTICE":  true,
		"PATENTS": true, "UNLICENSE": true, "licensing.go": false, "copy.go": false, "README.md": false,
		"noticeboard": false} {
		if got := licenseFile.MatchString(name); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
