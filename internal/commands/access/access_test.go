package access

import (
	"fmt"
	"strings"
	"testing"

	"pilcrow/internal/commands"
)

// "The documents do not say" is not all where some of them are not loaded; who may see some documents only hears
// nothing of the others.
func TestSayMissing(t *testing.T) {
	for _, tt := range []struct {
		in       commands.Input
		problems []string
		said     bool
	}{
		{commands.Input{Server: "1"}, []string{"mill: too large"}, true},
		{commands.Input{Server: "1"}, nil, false},
		{commands.Input{Server: "1", Scope: []string{"ferry"}}, []string{"mill: too large"}, false},
		{commands.Input{Server: "1", Args: commands.Args{"document": "ferry"}}, []string{"mill: too large"}, false},
		{commands.Input{}, []string{"mill: too large"}, false},
	} {
		var r commands.Reply
		sayMissing(&r, tt.in, tt.problems)
		if got := fmt.Sprint(r.Blocks); (len(r.Blocks) > 0) != tt.said || strings.Contains(got, "mill") {
			t.Errorf("%+v: %q", tt.in, got)
		}
	}
}
