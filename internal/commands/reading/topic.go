package reading

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/words"
)

// What a stem of the topic is worth by where it is found, and what a synonym of it is worth beside it.
const (
	nearShare    = 0.9
	farShare     = 0.5
	synonymShare = 0.6
)

// A quotation or an event is about a topic if it covers this share of the topic's weight, and this share of what the
// best one covers. In the paragraphs that are found first, which may say it in other words, less will do.
const (
	minCover         = 0.4
	minCoverReported = 0.6 // for what was said without quotation marks: whoever asks for words wants these
	firstShare       = 0.5 // of either
	minCoverBest     = 0.5
	firstFound       = 3
)

// foundShare is what the place of its paragraph in the ranking of the questions adds to the cover of an item.
const foundShare = 0.3

// TopicCandidates is how many paragraphs are found for a topic.
const TopicCandidates = 50

// framing are stems of words that ask for a quotation or an event and do not say which.
var framing = map[string]bool{
	"say": true, "tell": true, "speak": true, "quot": true, "quotat": true, "comment": true, "happen": true,
	"timelin": true,
	"anyon":   true, "anybodi": true,
}

// topicStems are the stems of a topic that tell it from others, in order and each once; none where it says only that
// something is asked for.
func topicStems(about string) []string {
	return slices.DeleteFunc(stemSet(about), func(s string) bool { return framing[s] })
}

// A topic is what a quotation or an event is asked to be about.
type topic struct {
	stems   []string
	weights []float64 // of the stems: inverse document frequency among the scenes
	whole   float64   // their sum
	found   map[article.Ref]float64
	first   []article.Ref
}

// newTopic weighs the stems by how telling they are among the scenes. found is the ranking of the paragraphs.
func newTopic(stems []string, found []ask.Found, scenes []scene) topic {
	t := topic{stems: stems, weights: make([]float64, len(stems)), found: make(map[article.Ref]float64, len(found))}
	for i, s := range stems {
		in := 0
		for _, sc := range scenes {
			if sc.holds(s) > 0 {
				in++
			}
		}
		t.weights[i] = math.Log(1 + (float64(len(scenes)-in)+0.5)/(float64(in)+0.5)) // as in BM25
		t.whole += t.weights[i]
	}
	for i, f := range found {
		if top := found[0].Score; top > 0 {
			t.found[f.Passage.Ref] = max(0, f.Score/top)
		}
		if i < firstFound {
			t.first = append(t.first, f.Passage.Ref)
		}
	}
	return t
}

// cover is the share of the topic's weight that a scene has, 0 to 1.
func (t topic) cover(sc scene) float64 {
	cover := 0.0
	for i, s := range t.stems {
		best := sc.holds(s)
		for _, other := range words.Synonyms(s) {
			best = max(best, synonymShare*sc.holds(other))
		}
		cover += t.weights[i] * best
	}
	return cover / t.whole
}

// holds is what a stem is worth by where the scene has it, 0 to 1.
func (sc scene) holds(stem string) float64 {
	id, known := sc.stems.ids[stem]
	if !known {
		return 0
	}
	for _, place := range [...]struct {
		stems []uint32
		share float64
	}{{sc.own, 1}, {sc.near, nearShare}, {sc.far, farShare}} {
		if _, has := slices.BinarySearch(place.stems, id); has {
			return place.share
		}
	}
	return 0
}

// fitting keeps what is about the topic, covering at least so much of it, in the order given, with how well it fits.
func fitting[T any](stems []string, found []ask.Found, least float64, in []T,
	of func(T) (article.Ref, scene)) (kept []T,
	scores []float64) {
	if len(stems) == 0 {
		return nil, nil
	}
	scenes := make([]scene, len(in))
	for i, x := range in {
		_, scenes[i] = of(x)
	}
	about := newTopic(stems, found, scenes)
	covers, best := make([]float64, len(in)), 0.0
	for i := range in {
		covers[i] = about.cover(scenes[i])
		best = max(best, covers[i])
	}
	for i, x := range in {
		ref, _ := of(x)
		enough := max(least, minCoverBest*best)
		if slices.Contains(about.first, ref) {
			enough = max(least*firstShare, minCoverBest*best)
		}
		if covers[i] >= enough {
			kept, scores = append(kept, x), append(scores, covers[i]+foundShare*about.found[ref])
		}
	}
	return kept, scores
}

// ranked keeps what is about the topic, best first, and in the order given where nothing tells two apart.
func ranked[T any](stems []string, found []ask.Found, least float64, in []T, of func(T) (article.Ref, scene)) []T {
	kept, scores := fitting(stems, found, least, in, of)
	order := make([]int, len(kept))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(scores[b], scores[a]) })
	out := make([]T, len(kept))
	for i, at := range order {
		out[i] = kept[at]
	}
	return out
}

// unmark takes the quotation marks from around a text. marked is false where there are none.
func unmark(text string) (inside string, marked bool) {
	const marks = "\"“”„‟«»‘’‚‹›'"
	inside = strings.TrimSpace(strings.Trim(text, marks))
	return inside, len(inside) < len(text) && strings.IndexAny(text, marks) == 0
}
