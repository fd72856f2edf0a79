package ask

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/flatindex"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ragtest"
)

// depotEngine puts the vectors of editions of at least three paragraphs into a depot; nil has all in memory.
func depotEngine(t *testing.T, embedder rag.Embedder, depot *ragtest.Depot) *Engine {
	t.Helper()
	c := Config{Embedder: embedder, Index: flatindex.New(), Extractor: silent{}, Meaning: rag.SentenceModel()}
	if depot != nil {
		c.Depot, c.DepotFrom = depot, 3
	}
	e, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// load gives an engine documents, each the paragraphs of a line.
func load(t *testing.T, e *Engine, documents map[string][]string) Report {
	t.Helper()
	var all []article.Document
	for _, slug := range []string{"harbor", "town"} {
		if len(documents[slug]) == 0 {
			continue
		}
		d, err := article.Parse(slug+".txt", []byte(strings.Join(documents[slug], "\n\n")))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, d)
	}
	c, err := article.NewCorpus(all...)
	if err != nil {
		t.Fatal(err)
	}
	r, err := e.Replace(t.Context(), c, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func findAll(t *testing.T, e *Engine) (all []string) {
	t.Helper()
	for _, text := range []string{"Which violin?", "Is there a loaf?", "What left the harbor?", "Where is salt?"} {
		for _, documents := range [][]string{nil, {"town"}} {
			if _, ok := e.Edition().Corpus.Document("town"); documents != nil && !ok {
				continue
			}
			found, err := e.Find(t.Context(), Query{Text: text, Documents: documents})
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range found {
				all = append(all, fmt.Sprintf("%s %v: %v %.6f", text, documents, f.Passage.Ref, f.Score))
			}
		}
	}
	return all
}

// TestDeposited finds with vectors in a depot what is found with them in memory, through changes, and leaves nothing
// of a document there that is gone.
func TestDeposited(t *testing.T) {
	depot := ragtest.NewDepot(flatindex.New())
	here, there := depotEngine(t, &toy{}, nil), depotEngine(t, &toy{}, depot)
	harbor := []string{"The ship is old.", "Nobody saw the vessel.", "Salt lay on the pier."}
	step := func(documents map[string][]string, deposited int) {
		t.Helper()
		load(t, here, documents)
		load(t, there, documents)
		if got, want := findAll(t, there), findAll(t, here); !reflect.DeepEqual(got, want) || len(want) == 0 {
			t.Errorf("found\n%s\nin memory\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		if depot.Len() != deposited {
			t.Errorf("%d documents are in the depot, want %d", depot.Len(), deposited)
		}
	}
	small := map[string][]string{"town": town[:2]}
	step(small, 0) // too few for the depot
	if there.Edition().Deposited() != 0 {
		t.Error("vectors of a small edition are in the depot")
	}
	step(map[string][]string{"town": town[:2], "harbor": harbor}, 2) // what was in memory goes, too
	if n := there.Edition().Deposited(); n != 5 || there.Edition().Bytes(nil) >= here.Edition().Bytes(nil) {
		t.Errorf("%d vectors in the depot, %d bytes here, %d with all of them", n, there.Edition().Bytes(nil),
			here.Edition().Bytes(nil))
	}
	step(map[string][]string{"town": town, "harbor": harbor}, 2) // a changed document takes the place of the old
	step(map[string][]string{"harbor": harbor}, 1)
	step(map[string][]string{"harbor": harbor[:1]}, 0) // few again, and another text: in memory
}

// TestDepotKeeps embeds nothing again that is in the depot: neither after a restart nor of a document that changed.
func TestDepotKeeps(t *testing.T) {
	depot := ragtest.NewDepot(flatindex.New())
	if r := load(t, depotEngine(t, &toy{}, depot), map[string][]string{"town": town}); r.Embedded != 3 {
		t.Errorf("at first %+v", r.Tally)
	}
	e := depotEngine(t, &toy{}, depot)
	if r := load(t, e, map[string][]string{"town": town}); r.Embedded != 0 || r.Reused != 3 ||
		e.Edition().Deposited() != 3 {
		t.Errorf("after a restart %+v", r.Tally)
	}
	changed := append([]string{"A boat came."}, town...)
	if r := load(t, e, map[string][]string{"town": changed}); r.Embedded != 1 || r.Reused != 3 {
		t.Errorf("with a paragraph more %+v", r.Tally)
	}
}

// TestDepotAway answers from memory what it cannot bring into the depot, and by words what it cannot reach there.
func TestDepotAway(t *testing.T) {
	depot := ragtest.NewDepot(flatindex.New())
	depot.SetAway(true)
	e := depotEngine(t, &toy{}, depot)
	load(t, e, map[string][]string{"town": town})
	violin := Query{Text: "Which violin?"}
	if found, err := e.Find(t.Context(), violin); err != nil || len(found) == 0 || e.Edition().Deposited() != 0 {
		t.Errorf("found %v, %v, %d in the depot", found, err, e.Edition().Deposited())
	}
	depot.SetAway(false)
	e = depotEngine(t, &toy{}, depot)
	load(t, e, map[string][]string{"town": town})
	depot.SetAway(true)
	if found, err := e.Find(t.Context(), violin); err != nil || len(found) != 0 {
		t.Errorf("by words alone %v, %v", found, err)
	}
	if found, err := e.Find(t.Context(), Query{Text: "Is there salt?"}); err != nil || len(found) == 0 {
		t.Errorf("by words alone %v, %v", found, err)
	}
}
