// Package access says which documents a caller may see, and in which edition: every command asks it first, and is built
// on it.
package access

import (
	"log/slog"
	"time"

	"pilcrow/internal/library"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/store"
)

// A Control is what all commands stand on. Its fields are not changed once commands run; it is safe for use by several
// goroutines.
type Control struct {
	Engine  *ask.Engine      // of the documents that all servers share
	Library *library.Library // the documents of each server; nil: there are only the shared ones
	People  *store.Store     // what people say of answers and what they asked in vain; nil: nothing is kept
	Logger  *slog.Logger
	Now     func() time.Time
	Closed  bool   // of all servers: what their admins chose cannot be read, and nothing is answered there
	Outside string // where questions are sent, for readers; "" for nowhere
}
