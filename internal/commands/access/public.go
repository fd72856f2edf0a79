package access

import (
	"crypto/rand"
	"encoding/hex"
	"errors"

	"pilcrow/internal/commands"
	"pilcrow/internal/lang"
)

// Public turns an error of Run into the one sentence that a reader may see. A cause that is not meant for readers
// is logged instead, under the same reference that the sentence names; ref is "" where nothing was logged.
func (c *Control) Public(err error, p lang.Printer) (text, ref string) {
	if text, ok := commands.Known(err, p); ok {
		return text, ""
	}
	if known, ok := errors.AsType[*commands.Referred](err); ok {
		ref = known.Ref
	} else {
		var b [2]byte
		rand.Read(b[:]) // never fails: https://pkg.go.dev/crypto/rand#Read
		ref = hex.EncodeToString(b[:])
	}
	c.Logger.Error("command failed", "ref", ref, "error", err)
	return p.Text("Something went wrong (ref %s).", ref), ref
}
