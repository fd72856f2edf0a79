package main

import (
	"errors"
	"os"
	"os/exec"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"pilcrow/internal/convert"
)

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == convert.ChildCommand { // a test's own child, started under the test's name
		main()
	}
	// Tests have no cache folder: the smaller reader of PDF gives the same everywhere, and nothing is compiled under the
	// race detector.
	if err := os.Setenv("XDG_CACHE_HOME", os.DevNull); err != nil {
		panic(err)
	}
	testscript.Main(m, map[string]func(){"bot": main})
}

// TestScript runs the program as a person does. The scripts' environment has none of this machine's settings.
func TestScript(t *testing.T) {
	if testing.Short() {
		t.Skip("a program for each line: what runs side by side in them is tested elsewhere under the race detector")
	}
	testscript.Run(t, testscript.Params{
		Dir:  "testdata/script",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"status": status},
		Setup: func(e *testscript.Env) error { // under the race detector each program would wait a second at its end
			e.Setenv("GORACE", "atexit_sleep_ms=0")
			return nil
		},
		Condition: func(name string) (bool, error) { return name == "root" && os.Getuid() == 0, nil },
	})
}

// status runs a command and demands its exit code: status 2 bot ask.
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status code command [args...]")
	}
	got := 0
	err := ts.Exec(args[1], args[2:]...)
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		got = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if strconv.Itoa(got) != args[0] {
		ts.Fatalf("exit code %d, want %s", got, args[0])
	}
}
