package rank

import (
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/rag"
)

func TestSteer(t *testing.T) {
	ref := func(n int) article.Ref { return article.Ref{Slug: "a", N: n} }
	hits := []rag.Hit{{Ref: ref(1), Score: 1}, {Ref: ref(2), Score: 0.9}, {Ref: ref(3), Score: 0.5}}
	type query struct{ Near, Without []article.Ref }
	order := func(q query) string {
		s := ""
		for _, h := range Steer(hits, q.Near, q.Without) {
			s += h.Ref.String()[len("a ¶"):]
		}
		return s
	}
	for _, c := range []struct {
		name string
		q    query
		want string
	}{
		{"nothing", query{}, "123"},
		{"near decides between two that fit about as well", query{Near: []article.Ref{ref(2)}}, "213"},
		{"near puts nothing in front that does not fit", query{Near: []article.Ref{ref(3)}}, "123"},
		{"near adds nothing", query{Near: []article.Ref{ref(4)}}, "123"},
		{"without", query{Without: []article.Ref{ref(1)}, Near: []article.Ref{ref(1)}}, "23"},
	} {
		if got := order(c.q); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	if hits[1].Score != 0.9 {
		t.Error("the hits given were changed")
	}
}
