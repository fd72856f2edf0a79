package texttest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestRun writes a file anew, and reads what it wrote without a difference.
func TestRun(t *testing.T) {
	if testing.Short() {
		t.Skip("Run skips")
	}
	file := filepath.Join(t.TempDir(), "samples.txt")
	if err := os.WriteFile(file, []byte("# Header\n= a b⏎c\n\told\n# Note\n= none\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	read := func(text string) []string {
		if text == "none" {
			return nil
		}
		return []string{strings.ToUpper(text), "end"}
	}
	Run(t, file, true, read)
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if want := "# Header\n= a b⏎c\n\tA B⏎C\n\tend\n# Note\n= none\n"; string(data) != want {
		t.Fatalf("wrote\n%s\nwant\n%s", data, want)
	}
	Run(t, file, false, read)
}
