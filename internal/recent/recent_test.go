package recent

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func keys(c *Cache[string, string]) string {
	var all []string
	for key := range c.All() {
		all = append(all, key)
	}
	return strings.Join(all, " ")
}

func TestEntries(t *testing.T) {
	var gone []string
	c := New[string](Config[string]{Entries: 2, Gone: func(v string) { gone = append(gone, v) }})
	c.Put("a", "1")
	c.Put("b", "2")
	if v, _, ok := c.Get("a"); !ok || v != "1" {
		t.Errorf("a is %q, %v", v, ok)
	}
	c.Put("c", "3") // b was not asked for
	if got := keys(c); got != "a c" || !slices.Equal(gone, []string{"2"}) {
		t.Errorf("kept %q, gone %q", got, gone)
	}
	c.Put("a", "4")
	if v, _, _ := c.Get("a"); v != "4" || c.Len() != 2 || !slices.Equal(gone, []string{"2", "1"}) {
		t.Errorf("a is %q of %d, gone %q", v, c.Len(), gone)
	}
	if !c.Remove("a") || c.Remove("a") || c.Len() != 1 {
		t.Errorf("%d are kept after one was removed", c.Len())
	}
	if c.Clear(); c.Len() != 0 || len(gone) != 4 {
		t.Errorf("%d are kept, gone %q", c.Len(), gone)
	}
}

func TestBytes(t *testing.T) {
	c := New[string](Config[string]{Bytes: 10, Size: func(v string) int64 { return int64(len(v)) }})
	c.Put("a", "xxxx")
	c.Put("b", "xxxx")
	c.Put("a", "xxxxx") // in place of four
	if got := keys(c); got != "b a" || c.Bytes() != 9 {
		t.Errorf("kept %q, %d bytes", got, c.Bytes())
	}
	c.Put("c", "xx")
	if got := keys(c); got != "a c" || c.Bytes() != 7 {
		t.Errorf("kept %q, %d bytes", got, c.Bytes())
	}
	c.Put("d", strings.Repeat("x", 11))
	if got := keys(c); got != "a c" || c.Bytes() != 7 {
		t.Errorf("kept %q, %d bytes, behind one that is too large", got, c.Bytes())
	}
}

func TestKeep(t *testing.T) {
	now := time.Unix(0, 0)
	c := New[string](Config[string]{Entries: 9, Keep: time.Minute, Now: func() time.Time { return now }})
	c.Put("a", "1")
	now = now.Add(time.Minute)
	if _, age, ok := c.Get("a"); !ok || age != time.Minute {
		t.Errorf("after a minute: %v, %v", age, ok)
	}
	now = now.Add(time.Second)
	if _, _, ok := c.Get("a"); ok {
		t.Error("it is there after more than a minute")
	}
	c.Put("b", "2")
	if got := keys(c); got != "b" {
		t.Errorf("kept %q", got)
	}
}
