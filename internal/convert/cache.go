package convert

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"

	"pilcrow/internal/pdfium"
)

// CacheDir is the folder of this user for what can be made again: the compiled reader of PDF, and files of a folder
// as they were converted. "" where the system names none, or it cannot be made.
func CacheDir() string {
	base, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	dir := filepath.Join(base, "pilcrow")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return ""
	}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() || info.Mode().Perm()&0o022 != 0 { // what is in it is run
		return ""
	}
	return dir
}

// Bounds of what is kept on disk.
const (
	maxKeptFiles   = 4000
	prepareTimeout = 3 * time.Minute // some 10 s on a machine that does nothing else
)

// buildOf tells builds of the program apart: another may convert differently.
func buildOf(program string) string {
	info, err := os.Stat(program)
	if err != nil {
		return ""
	}
	return fmt.Sprintf("%d %d", info.Size(), info.ModTime().UnixNano())
}

// recallDisk is the outcome that an earlier process came to.
func (c *Converter) recallDisk(key [32]byte) (outcome, bool) {
	if c.config.Cache == "" {
		return outcome{}, false
	}
	data, err := os.ReadFile(c.keptPath(key))
	if err != nil {
		return outcome{}, false
	}
	var r response
	if json.Unmarshal(data, &r) != nil {
		return outcome{}, false
	}
	if r.Error != "" {
		return outcome{err: &Error{r.Error}}, true
	}
	return outcome{document: r.document()}, true
}

func (c *Converter) keptPath(key [32]byte) string {
	return filepath.Join(c.config.Cache, "converted", hex.EncodeToString(key[:])+".json")
}

// keepDisk keeps an outcome for later processes. What cannot be kept is made again.
func (c *Converter) keepDisk(key [32]byte, o outcome) {
	if c.config.Cache == "" {
		return
	}
	r := response{}
	if bad, ok := o.err.(*Error); ok { //nolint:errorlint // it is ours, and not wrapped
		r.Error = bad.Msg
	} else {
		d := o.document
		r = response{Title: d.Title, Author: d.Author, Source: d.Source, Published: formatDay(d.Published),
			Made:  formatDay(d.Made),
			Notes: d.Notes, Body: d.Body}
	}
	data, err := json.Marshal(r)
	if err != nil {
		return
	}
	dir := filepath.Join(c.config.Cache, "converted")
	if os.MkdirAll(dir, 0o700) != nil {
		return
	}
	prune(dir)
	f, err := os.CreateTemp(dir, "new-*")
	if err != nil {
		return
	}
	defer os.Remove(f.Name()) //nolint:errcheck // it is gone when all went well
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if f.Close() == nil && err == nil {
		_ = os.Rename(f.Name(), c.keptPath(key))
	}
}

// prune removes the older half when there are too many.
func prune(dir string) {
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) < maxKeptFiles {
		return
	}
	type file struct {
		name string
		at   time.Time
	}
	var files []file
	for _, e := range entries {
		if info, err := e.Info(); err == nil {
			files = append(files, file{e.Name(), info.ModTime()})
		}
	}
	slices.SortFunc(files, func(a, b file) int { return a.at.Compare(b.at) })
	for _, f := range files[:len(files)/2] {
		_ = os.Remove(filepath.Join(dir, f.name))
	}
}

// Prepare compiles the reader of PDF, where there is a folder for it. Convert does it itself when it is needed first;
// a program that is to answer at once does it before. Without it, or where it fails, PDF is read with the smaller
// reader.
func (c *Converter) Prepare(ctx context.Context) error {
	select {
	case c.turn <- struct{}{}:
		defer func() { <-c.turn }()
		return c.prepare(ctx)
	case <-ctx.Done():
		return ctx.Err()
	}
}

// prepare is Prepare for who has the turn. It fails once at most.
func (c *Converter) prepare(ctx context.Context) error {
	if c.config.Cache == "" || c.unprepared || pdfium.Compiled(c.config.Cache) {
		return nil
	}
	head, err := json.Marshal(request{Kind: prepareKind, Cache: c.config.Cache})
	if err != nil {
		return err
	}
	limited, cancel := context.WithTimeout(ctx, prepareTimeout)
	defer cancel()
	cmd := c.child(limited, fmt.Sprintf("GOMEMLIMIT=%d", maxMemory))
	cmd.Stdin = bytes.NewReader(append(head, '\n'))
	err = cmd.Run()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	c.unprepared = err != nil
	return err
}

// child is a process of ours that is not started yet. It gets nothing of our environment, which holds keys.
func (c *Converter) child(ctx context.Context, env ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, c.config.Program, ChildCommand)
	cmd.Args[0] = c.config.Name
	cmd.Env = append([]string{"GOTRACEBACK=none"}, env...)
	cmd.WaitDelay = killDelay
	contain(cmd)
	return cmd
}

// prepareKind asks a child to compile the reader of PDF.
const prepareKind Kind = "prepare"

// compileReader is what a child does for prepareKind. It is told the folder by who started it, and reads no document.
func compileReader(in io.Reader, dir string) int {
	_, _ = io.Copy(io.Discard, in)
	if err := pdfium.Compile(context.Background(), dir); err != nil {
		return exitBroken
	}
	return 0
}
