package review

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"testing"

	"pilcrow/internal/claim"
	"pilcrow/internal/rag"
)

// TestJudge holds what a judge may do: rescue what rules alone doubt, withhold what they let pass, and nothing against
// a guard.
func TestJudge(t *testing.T) {
	passages, contexts := harbor(t)
	const (
		fine    = "The harbor was closed on May 3 [1]."
		doubted = "The insurer has agreed to pay [2]."
		guarded = "Repairs will cost 4.7 million euros, according to the port authority [2]."
	)
	say := func(codes ...claim.Code) func(context.Context, rag.Case) ([]rag.Opinion, error) {
		return func(context.Context, rag.Case) ([]rag.Opinion, error) {
			var list []rag.Opinion
			for _, c := range codes {
				list = append(list, rag.Opinion{Code: c})
			}
			return list, nil
		}
	}
	yes, no := claim.CodeSupported, claim.CodeNegation
	for _, tt := range []struct {
		name  string
		judge rag.Judge
		want  []bool // of fine and doubted: guarded never passes
	}{
		{"no judge", nil, []bool{true, false}},
		{"agrees", say(yes, no), []bool{true, false}},
		{"rescues", say(yes, yes), []bool{true, true}},
		{"withholds", say(no, no), []bool{false, false}},
		{"says nothing of one", say("", yes), []bool{true, true}},
		{"says nothing of either", say("", ""), []bool{true, false}},
		{"one opinion too few", say(yes), []bool{true, false}},
		{"away", func(context.Context, rag.Case) ([]rag.Opinion, error) { return nil, errors.New("away") }, []bool{true, false}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := Reviewer{Judge: tt.judge, Logger: slog.New(slog.DiscardHandler)}
			v := newReview(rag.Draft{Text: fine + " " + doubted + " " + guarded}, rag.Request{Passages: passages}, contexts)
			if open := v.open(); !slices.Equal(open, []int{0, 1}) {
				t.Fatalf("the judge is to read %v", open)
			}
			w.judge(t.Context(), v, v.open())
			if got := []bool{v.parts[0].passed(), v.parts[1].passed()}; !slices.Equal(got, tt.want) || v.parts[2].passed() {
				t.Errorf("passed: %v, guarded %v; want %v and false", got, v.parts[2].passed(), tt.want)
			}
		})
	}
}

// TestExamined puts judges of all kinds to the examination.
func TestExamined(t *testing.T) {
	truth := map[string]bool{}
	for _, p := range examPairs {
		truth[p.supported] = true
	}
	answer := func(right func(s rag.Hypothesis) bool) rag.Judge {
		return func(_ context.Context, c rag.Case) ([]rag.Opinion, error) {
			list := make([]rag.Opinion, len(c.Sentences))
			for i, s := range c.Sentences {
				list[i].Code = claim.CodeRoles
				if right(s) {
					list[i].Code = claim.CodeSupported
				}
			}
			return list, nil
		}
	}
	good := answer(func(s rag.Hypothesis) bool { return truth[s.Text] })
	asked := 0
	for _, tt := range []struct {
		name  string
		judge rag.Judge
		told  int
		used  bool
	}{
		{"a good one", good, 12, true},
		{"yes to all", answer(func(rag.Hypothesis) bool { return true }), 0, false},
		{"no to all", answer(func(rag.Hypothesis) bool { return false }), 0, false},
		{"always the wrong way round", answer(func(s rag.Hypothesis) bool { return !truth[s.Text] }), 0, false},
		{"yes to the first half", answer(func() func(rag.Hypothesis) bool {
			n := 0
			return func(rag.Hypothesis) bool { n++; return n <= ExamPairs }
		}()), 6, false},
		{"no opinion", func(_ context.Context, c rag.Case) ([]rag.Opinion, error) {
			return make([]rag.Opinion, len(c.Sentences)), nil
		},
			0, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			told := -1
			judge := Examined(func(ctx context.Context, c rag.Case) ([]rag.Opinion, error) { asked++; return tt.judge(ctx, c) },
				slog.New(slog.DiscardHandler), func(n int) { told = n })
			asked = 0
			for range 3 {
				_, err := judge(t.Context(), examCase())
				if (err == nil) != tt.used || err != nil && !errors.Is(err, rag.ErrNoJudgment) {
					t.Fatalf("the judge answers %v, want it used: %t", err, tt.used)
				}
			}
			if want := 1 + 3*map[bool]int{true: 1}[tt.used]; told != tt.told || asked != want {
				t.Errorf("told %d pairs apart, want %d; asked %d times, want %d", told, tt.told, asked, want)
			}
		})
	}
	t.Run("away at first", func(t *testing.T) {
		away := true
		judge := Examined(func(ctx context.Context, c rag.Case) ([]rag.Opinion, error) {
			if away {
				return nil, errors.New("away")
			}
			return good(ctx, c)
		}, slog.New(slog.DiscardHandler), nil)
		if _, err := judge(t.Context(), examCase()); err == nil {
			t.Fatal("a judge that is away was used")
		}
		away = false
		if _, err := judge(t.Context(), examCase()); err != nil {
			t.Errorf("back again, it is not used: %v", err)
		}
	})
}
