package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"time"

	"pilcrow/internal/intake"
	"pilcrow/internal/rag/ask"
)

// What a hostile file may cost.
const (
	// some 5 s on a machine of its own: the time of one that has much else to do tells little
	hostileTime = 90 * time.Second
	// hostileMemory bounds what the program's own memory grows by, in bytes; its children have bounds of their own
	hostileMemory = 64 << 20
	// answerMemory is for a question whose eight paragraphs are all as long as they may be.
	answerMemory = 128 << 20
)

// Of the process that loads one hostile file.
const (
	hostileDir  = "PILCROW_TEST_HOSTILE_DIR"
	hostileMode = "PILCROW_TEST_HOSTILE_MODE"

	hostileAll = "PILCROW_TEST_HOSTILE_ALL" // set: TestHostileFiles tries every file
)

// hostileResult is what the child says of one way in.
type hostileResult struct {
	Loaded bool
	Error  string
	Took   time.Duration
	Grown  int64         // bytes, of the process's own resident memory at its largest
	Asked  time.Duration // of a question
	Peak   int64         // likewise Grown, with the question
}

// TestHostileChild is the process that loads what its environment names; by itself it does nothing.
func TestHostileChild(t *testing.T) {
	dir := os.Getenv(hostileDir)
	if dir == "" {
		t.Skip("only as a child of TestHostileFiles")
	}
	debug.FreeOSMemory()
	before := residentPeak(t)
	began := time.Now()
	var r hostileResult
	var err error
	switch os.Getenv(hostileMode) {
	case "load":
		_, err = newSource(&dir, "", nil).load()
	case "intake":
		err = takeIn(t, dir)
	case "reload":
		var ask func() error
		ask, err = readyToAsk(t, dir)
		if err == nil {
			r.Took, r.Grown = time.Since(began), residentPeak(t)-before
			began := time.Now()
			err = ask()
			r.Asked = time.Since(began)
		}
	}
	r.Peak = residentPeak(t) - before
	if r.Took == 0 {
		r.Took, r.Grown = time.Since(began), r.Peak
	}
	if r.Loaded = err == nil; err != nil {
		r.Error = err.Error()
	}
	line, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Printf("\nRESULT %s\n", line)
}

// takeIn reads the file of the folder into memory, as an upload comes, and makes a document of it.
func takeIn(t *testing.T, dir string) error {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(dir, entries[0].Name()))
	if err != nil {
		t.Fatal(err)
	}
	_, err = intake.Reader{Converter: newConverter()}.Make(context.Background(),
		intake.Request{File: &intake.File{Name: entries[0].Name(), Data: data}})
	return err
}

// readyToAsk loads the folder as a whole program does, and returns a question to it.
func readyToAsk(t *testing.T, dir string) (question func() error, err error) {
	t.Helper()
	c, err := loadConfig(environment(envDocs + "=" + dir))
	if err != nil {
		t.Fatal(err)
	}
	a := &app{stdout: io.Discard, stderr: io.Discard, config: c, logger: slog.New(slog.DiscardHandler)}
	p, err := a.assemble(t.Context(), false)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.engine.Reload(t.Context(), nil); err != nil {
		return nil, err
	}
	return func() error {
		_, err := p.engine.Ask(t.Context(), ask.Query{Text: "When does the tide turn?"})
		return err
	}, nil
}

// residentPeak is the largest resident memory that this process had, in bytes.
func residentPeak(t *testing.T) int64 {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Skip("no /proc here")
	}
	for line := range strings.Lines(string(status)) {
		if fields := strings.Fields(line); fields[0] == "VmHWM:" {
			kib, err := strconv.ParseInt(fields[1], 10, 64)
			if err != nil {
				t.Fatal(err)
			}
			return kib << 10
		}
	}
	t.Skip("no VmHWM here")
	return 0
}

// inChild loads the folder in a process of its own.
func inChild(t *testing.T, mode, dir string) hostileResult {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 3*hostileTime)
	defer cancel()
	child := exec.CommandContext(ctx, os.Args[0], "-test.run=^TestHostileChild$", "-test.v")
	child.Env = append(os.Environ(), hostileDir+"="+dir, hostileMode+"="+mode)
	out, err := child.CombinedOutput()
	_, line, ok := strings.Cut(string(out), "RESULT ")
	line, _, _ = strings.Cut(line, "\n")
	var r hostileResult
	if !ok || json.Unmarshal([]byte(line), &r) != nil {
		t.Fatalf("%s: %v\n%.2000s", mode, err, out)
	}
	return r
}

// Every hostile file is refused with a sentence, or loaded, within ten seconds, and our own memory hardly grows: from a
// folder, as an upload, and in a running program with a question behind it. Each takes processes of its own, two
// minutes in all, so an ordinary run tries every eighth.
func TestHostileFiles(t *testing.T) {
	if raced {
		t.Skip("memory and time are measured without the race detector")
	}
	for i, h := range hostiles() {
		if os.Getenv(hostileAll) == "" && i%8 != 0 {
			continue
		}
		t.Run(strings.ToValidUTF8(h.name[:min(len(h.name), 40)], "?"), func(t *testing.T) {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, h.name), h.data(), 0o600); err != nil {
				t.Skip(err)
			}
			for _, mode := range []string{"load", "intake", "reload"} {
				r := inChild(t, mode, dir)
				t.Logf("%s: %v, %d MiB; an answer %v, %d MiB; %.200q", mode, r.Took, r.Grown>>20, r.Asked, r.Peak>>20, r.Error)
				if r.Took > hostileTime || r.Asked > hostileTime || r.Grown > hostileMemory || r.Peak > answerMemory {
					t.Errorf("%s took %v and %d MiB, an answer %v and %d MiB", mode, r.Took, r.Grown>>20, r.Asked, r.Peak>>20)
				}
				sentence, _, _ := strings.Cut(r.Error, "\n") // behind it comes that nothing else is in the folder
				switch {
				case h.want == "*":
				case h.want == "" && r.Error != "":
					t.Errorf("%s: refused: %s", mode, r.Error)
				case h.want != "" && !strings.Contains(sentence, h.want):
					t.Errorf("%s: %q, want %q", mode, sentence, h.want)
				}
				if r.Error != "" && strings.ContainsFunc(sentence, unsafeRune) && !strings.Contains(sentence, "\ufffd") {
					t.Errorf("%s: a sentence that is not safe to show: %q", mode, sentence)
				}
			}
		})
	}
}
