package admin

import (
	"errors"
	"fmt"
	"slices"
	"testing"
)

func TestProblems(t *testing.T) {
	if got := Problems(nil); got == nil || len(got) != 0 {
		t.Errorf("none: %#v", got)
	}
	one, two := errors.New("a.md:1: wrong"), errors.New("b.md:7: worse")
	got := Problems(fmt.Errorf("load: %w", errors.Join(one, two)))
	if !slices.Equal(got, []string{"load: a.md:1: wrong", "b.md:7: worse"}) {
		t.Errorf("joined: %q", got)
	}
}
