// Package watch says when a folder has changed and come to rest.
//
// What a folder looks like decides, not what a system tells of it: names, sizes and times of the files are compared.
// Notifications only make us look at once. Where there are none, or not all, as on network mounts, the folder is looked
// at now and then.
package watch

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path"
	"strings"
	"time"
)

// What a Config's zero values stand for.
const (
	DefaultQuiet = 2 * time.Second  // without a change: files that are copied or saved in pieces are whole by then
	DefaultLong  = 30 * time.Second // of changes without rest: then it is time all the same
	DefaultPoll  = 30 * time.Second // with notifications
	DefaultOften = 5 * time.Second  // without
)

const (
	gap       = 250 * time.Millisecond // between two looks, however many notifications come
	firstWait = time.Minute            // before something that failed is tried again; each further wait is twice as long
	maxWait   = 15 * time.Minute
	maxFiles  = 100_000 // that are looked at: ten times as many as are loaded
)

// Config says what to watch and what to do.
type Config struct {
	Dir string
	// Changed is called when the folder has changed since the last call, or since New, and has come to rest. again asks to
	// be called again later although nothing changes: what failed may work then.
	Changed func(ctx context.Context) (again bool)
	Logger  *slog.Logger // nil discards

	Quiet, Long, Poll, Often time.Duration // 0 is the default
}

// A Watcher watches one folder.
type Watcher struct {
	config Config
	look   func() look
	seen   [sha256.Size]byte // when Changed was last called
}

// A look is what a folder looked like.
type look struct {
	sum  [sha256.Size]byte
	dirs []string // the folder and those below that were looked into
}

// New looks at the folder. Call it before the folder is read for the first time, so that no change is missed.
func New(c Config) *Watcher {
	c.Quiet, c.Long = cmp.Or(c.Quiet, DefaultQuiet), cmp.Or(c.Long, DefaultLong)
	c.Poll, c.Often = cmp.Or(c.Poll, DefaultPoll), cmp.Or(c.Often, DefaultOften)
	c.Logger = cmp.Or(c.Logger, slog.New(slog.DiscardHandler))
	w := &Watcher{config: c, look: func() look { return lookAt(c.Dir) }}
	w.seen = w.look().sum
	return w
}

// Run watches until ctx ends.
func (w *Watcher) Run(ctx context.Context) {
	n := notify(w.config.Dir, w.config.Logger)
	defer n.close()
	w.run(ctx, n)
}

func (w *Watcher) run(ctx context.Context, n *notifier) {
	var again <-chan time.Time // set while something that failed waits for another try
	wait := firstWait
	for {
		now := w.look()
		n.follow(now.dirs)
		if now.sum == w.seen {
			poll := w.config.Poll
			if !n.works() {
				poll = w.config.Often
			}
			select {
			case <-ctx.Done():
				return
			case <-n.events():
				if !sleep(ctx, gap) {
					return
				}
				continue
			case <-time.After(poll):
				continue
			case <-again:
			}
		} else if now = w.settle(ctx, now); ctx.Err() != nil {
			return
		}
		if now.sum != w.seen {
			wait = firstWait
		}
		w.seen, again = now.sum, nil
		if w.config.Changed(ctx) {
			again = time.After(wait)
			wait = min(2*wait, maxWait)
		} else {
			wait = firstWait
		}
	}
}

// settle waits until the folder looks the same for a while, or has changed for too long.
func (w *Watcher) settle(ctx context.Context, now look) look {
	for began := time.Now(); time.Since(began) < w.config.Long; {
		if !sleep(ctx, w.config.Quiet) {
			return now
		}
		next := w.look()
		if next.sum == now.sum {
			return next
		}
		now = next
	}
	return now
}

func sleep(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}

// lookAt sums up what a folder looks like: the names, sizes and times of its files but the hidden ones, which editors
// and other programs keep for themselves. A folder that cannot be read looks like its error.
func lookAt(dir string) (l look) {
	sum := sha256.New()
	defer func() { l.sum = [sha256.Size]byte(sum.Sum(nil)) }()
	root, err := os.OpenRoot(dir)
	if err != nil {
		fmt.Fprintln(sum, "cannot be opened:", err)
		return l
	}
	defer root.Close()
	fsys, files := root.FS(), 0
	_ = fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error { // every error is part of the look
		if name != "." && strings.HasPrefix(path.Base(name), ".") {
			if entry != nil && entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if err != nil {
			fmt.Fprintf(sum, "%q cannot be read\n", name)
			return nil
		}
		if entry.IsDir() {
			l.dirs = append(l.dirs, path.Join(dir, name))
			return nil
		}
		if files++; files > maxFiles {
			return fs.SkipAll
		}
		info, err := fs.Stat(fsys, name) // follows links: what they lead to is what counts
		if err != nil {
			fmt.Fprintf(sum, "%q leads nowhere\n", name)
			return nil
		}
		var facts [24]byte
		binary.LittleEndian.PutUint64(facts[0:], uint64(info.Size()))
		binary.LittleEndian.PutUint64(facts[8:], uint64(info.ModTime().UnixNano()))
		binary.LittleEndian.PutUint64(facts[16:], uint64(info.Mode()))
		fmt.Fprintf(sum, "%q %x\n", name, facts)
		return nil
	})
	return l
}
