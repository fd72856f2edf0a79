package main

import (
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the program's output into README.md")

// TestReadme runs the commands that README.md shows with their output: a code block that begins with "$ bot ".
func TestReadme(t *testing.T) {
	const path = "../../README.md"
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	block := regexp.MustCompile("(?m)^```\n\\$ bot ([a-z]+) \"([^\"]+)\"\n(?:[^`]*\n)?```$")
	shown := 0
	now := block.ReplaceAllStringFunc(string(text), func(old string) string {
		shown++
		m := block.FindStringSubmatch(old)
		r := bot(t.Context(), nil, "", m[1], m[2])
		return "```\n$ bot " + m[1] + " \"" + m[2] + "\"\n" + strings.TrimRight(r.stdout, "\n") + "\n```"
	})
	if shown == 0 {
		t.Fatal("no output is shown")
	}
	if *update {
		if err := os.WriteFile(path, []byte(now), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if now != string(text) {
		t.Errorf("README.md shows what the program no longer prints: go test ./cmd/bot -run TestReadme -update")
	}
}
