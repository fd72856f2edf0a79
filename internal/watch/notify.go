package watch

import (
	"log/slog"
	"path/filepath"
	"strings"
	"sync"

	"github.com/fsnotify/fsnotify"
)

// A notifier tells that something may have changed. Without notifications it never does.
type notifier struct {
	watcher *fsnotify.Watcher // nil without
	logger  *slog.Logger
	touched chan struct{}
	done    sync.WaitGroup
	failed  bool // a folder could not be followed: looking now and then must do
}

// notify begins to listen, if the system lets it.
func notify(dir string, logger *slog.Logger) *notifier {
	n := &notifier{logger: logger, touched: make(chan struct{}, 1)}
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		logger.Debug("no notifications of changes in the documents: the folder is looked at every few seconds", "error", err)
		return n
	}
	n.watcher = watcher
	n.done.Go(n.listen)
	n.follow([]string{dir})
	return n
}

// listen passes on that something happened, until the watcher is closed. Changes of hidden files are none of ours, but
// for links that are swapped, which looking now and then finds.
func (n *notifier) listen() {
	for {
		select {
		case event, ok := <-n.watcher.Events:
			if !ok {
				return
			}
			if strings.HasPrefix(filepath.Base(event.Name), ".") || event.Op == fsnotify.Chmod {
				continue
			}
		case err, ok := <-n.watcher.Errors: // too many events to tell: look
			if !ok {
				return
			}
			n.logger.Debug("notifications of changes in the documents", "error", err)
		}
		select {
		case n.touched <- struct{}{}:
		default:
		}
	}
}

func (n *notifier) events() <-chan struct{} { return n.touched }

// works reports whether every folder is listened to.
func (n *notifier) works() bool { return n.watcher != nil && !n.failed }

// follow listens to the folders; to those that it listens to already this changes nothing, unless another has taken
// their place.
func (n *notifier) follow(dirs []string) {
	if n.watcher == nil {
		return
	}
	n.failed = len(dirs) == 0
	for _, dir := range dirs {
		if err := n.watcher.Add(dir); err != nil {
			if !n.failed {
				n.logger.Debug("a folder of documents is looked at every few seconds", "folder", dir, "error", err)
			}
			n.failed = true
		}
	}
}

func (n *notifier) close() {
	if n.watcher == nil {
		return
	}
	_ = n.watcher.Close()
	n.done.Wait()
}
