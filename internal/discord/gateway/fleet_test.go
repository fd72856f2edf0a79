package gateway

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"testing"

	"pilcrow/internal/store"
)

// Where the database cannot be reached when a shard is to be handed over, its session goes along with the next attempt;
// if the shard is to stay by then, it goes on here from where it ended.
func TestHandOverAgain(t *testing.T) {
	all := holding{{0, 4}, {1, 4}, {2, 4}}
	set := newGeneration(4)
	for _, shard := range all {
		ended := make(chan struct{})
		close(ended)
		at := session{id: fmt.Sprint("session ", shard.ID), seq: 7}
		set.gateways[shard] = &post{gateway: &gateway{session: at}, leave: func(error) {}, left: ended}
	}
	var given []map[Shard]session
	var fails error
	f := &Fleet{logger: slog.New(slog.DiscardHandler), starts: &starts{}, tracked: newSessions(),
		yield: func(_ context.Context, _ []store.Lease, left map[Shard]session) error {
			given = append(given, maps.Clone(left))
			return fails
		}}
	s := &partition{fleet: f, current: set, left: map[Shard]session{}}
	fails = errors.New("away")
	s.adjust(t.Context(), store.Share{Count: 4, Mine: []int{0, 1, 2}, Surplus: []int{1, 2}})
	goesOn := s.goOn(holding{{2, 4}}, map[Shard]legacy{{2, 4}: {ID: "session 2", Seq: 3}})
	if goesOn[Shard{2, 4}].Seq != 7 {
		t.Errorf("it goes on from %+v, want event 7", goesOn)
	}
	fails = nil
	s.adjust(t.Context(), store.Share{Count: 4, Mine: []int{0, 1}, Surplus: []int{1}})
	want := []map[Shard]session{
		{{1, 4}: {id: "session 1", seq: 7}, {2, 4}: {id: "session 2", seq: 7}},
		{{1, 4}: {id: "session 1", seq: 7}},
	}
	if fmt.Sprint(given) != fmt.Sprint(want) {
		t.Errorf("handed over %v, want %v", given, want)
	}
	fails = errors.New("away")
	s.adjust(t.Context(), store.Share{Count: 4, Mine: []int{0}, Surplus: []int{0}})
	s.adjust(t.Context(), store.Share{Count: 4})
	if len(s.left) > 0 {
		t.Errorf("%v are another's by now", s.left)
	}
}

// Gateways whose context ends end for its cause, whether they hear of it from there or from who waits for them first:
// else a session would be ended that another process is to go on with.
func TestEndCause(t *testing.T) {
	g := newGeneration(1)
	var causes []error
	g.gateways[Shard{0, 1}] = &post{leave: func(cause error) { causes = append(causes, cause) }}
	ctx, cancel := context.WithCancelCause(t.Context())
	end(ctx, g)
	cancel(ErrHandOver)
	end(ctx, g)
	if want := []error{nil, ErrHandOver}; !slices.Equal(causes, want) {
		t.Errorf("%v, want %v", causes, want)
	}
}
