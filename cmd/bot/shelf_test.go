package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestModels installs a small model, asks with it, and removes it.
func TestModels(t *testing.T) {
	small := filepath.Join("..", "..", "internal", "static", "testdata", "model2vec", "wordpiece")
	env := map[string]string{"PILCROW_DATA": filepath.Join(t.TempDir(), "data")}
	list := filepath.Join(t.TempDir(), "models.json")
	if err := os.WriteFile(list, []byte(`[{"name":"other","files":[]}]`), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args   string
		with   string // PILCROW_EMBEDDING_MODEL
		code   int
		stdout string
		stderr string
	}{
		{"model", "", exitNothing, "No model is installed", ""},
		{"model add nowhere", "", exitFailure, "", "nowhere holds no model.safetensors"},
		{"model add " + small + " --name Small", "", exitFailure, "", "not a name for a model"},
		{"ask why", "local:small", exitConfig, "", "PILCROW_EMBEDDING_MODEL=local:small: \"small\": there is no such " +
			"model (bot model list"},
		{"ask why", "local:../small", exitConfig, "", "not a name for a model"},
		{"model add " + small + " --name small", "", exitOK, "PILCROW_EMBEDDING_MODEL=local:small", ""},
		{"model add " + small + " --name small", "", exitFailure, "", "bot model remove NAME"},
		{"model list", "", exitOK, "local:small: 64 dimensions, 0.1 MB", ""},
		{"model list --json", "", exitOK,
			`{"models":[{"name":"small","dimension":64,"files":[{"name":"model.safetensors","bytes":`, ""},
		{"find who leads the Afghan Taliban", "local:small", exitOK, "¶", ""},
		{"doctor", "local:small", exitOK, "local:small: 64 dimensions", ""},
		{"model get small", "", exitFailure, "", "--list FILE"},
		{"model get small --list nowhere", "", exitFailure, "", "--list: open nowhere"},
		{"model get small --list " + list, "", exitFailure, "", `"small" is not in the list; it has: other`},
		{"model get other --list " + list, "", exitFailure, "", "holds no tokenizer.json"},
		{"model remove small", "", exitOK, "small is removed.", ""},
		{"model remove small", "", exitNothing, "", "bot model list"},
	} {
		env["PILCROW_EMBEDDING_MODEL"] = c.with
		r := bot(t.Context(), env, "", strings.Fields(c.args)...)
		if r.code != c.code || !strings.Contains(r.stdout, c.stdout) || !strings.Contains(r.stderr, c.stderr) {
			t.Errorf("%s: exit %d, want %d\n%s%s", c.args, r.code, c.code, r.stdout, r.stderr)
		}
	}
}
