package rag

import (
	"cmp"
	"maps"
	"math"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"pilcrow/internal/article"
	"pilcrow/internal/question"
	"pilcrow/internal/words"
)

// The parameters of BM25 (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009) and the weights of the other
// scores beside the stems' own. Measured on 16 encyclopedia articles with 2,910 questions: see TestRetrieval.
const (
	bm25K1         = 0.5
	bm25B          = 0.75
	pairWeight     = 0.6
	gramWeight     = 0.1
	sentenceWeight = 0.6
	kindBonus      = 0.7 // for a sentence that holds the kind of thing that is asked for
	synonymWeight  = 0.2 // of a word that everyday English uses for one of the question's
	gramMin        = 4
	gramMax        = 5
)

// lexicon scores passages by the words that they share with a question. It is immutable.
type lexicon struct {
	passages []analysis
	speech   map[article.Ref][]Speech
	byRef    map[article.Ref]int
	stems    field
	pairs    field
	grams    field
	sentence float64 // mean number of stems in a sentence
}

// analysis is what a lexicon knows of one passage.
type analysis struct {
	ref       article.Ref
	sentences []sentence
	length    [3]float64 // terms in the fields stems, pairs, grams
}

type sentence struct {
	span   article.Span
	stems  []string
	traits question.Traits
}

// field is an inverted index of one kind of term.
type field struct {
	postings map[string][]posting
	mean     float64 // mean number of terms in a passage
}

type posting struct {
	passage int32
	count   int32
}

func newLexicon(corpus *article.Corpus) *lexicon {
	l := &lexicon{
		byRef:  make(map[article.Ref]int, corpus.Len()),
		speech: make(map[article.Ref][]Speech),
		stems:  field{postings: map[string][]posting{}},
		pairs:  field{postings: map[string][]posting{}},
		grams:  field{postings: map[string][]posting{}},
	}
	documents := corpus.Documents()
	read := make([]reading, len(documents))
	var readers sync.WaitGroup
	var next atomic.Int64
	for range runtime.GOMAXPROCS(0) {
		readers.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(documents); i = int(next.Add(1)) - 1 {
				read[i] = readDocument(documents[i])
			}
		})
	}
	readers.Wait()
	sentences, sentenceStems := 0, 0
	for i := range read {
		maps.Copy(l.speech, read[i].speech)
		for k, a := range read[i].passages {
			n := len(l.passages)
			sentences += len(a.sentences)
			sentenceStems += int(a.length[0])
			for f, field := range []*field{&l.stems, &l.pairs, &l.grams} {
				field.mean += a.length[f]
				for _, t := range read[i].terms[k][f] {
					field.postings[t.text] = append(field.postings[t.text], posting{int32(n), t.count})
				}
			}
			l.byRef[a.ref] = n
			l.passages = append(l.passages, a)
		}
		read[i] = reading{} // the postings have it now
	}
	n := float64(max(len(l.passages), 1))
	l.stems.mean /= n
	l.pairs.mean /= n
	l.grams.mean /= n
	l.sentence = float64(sentenceStems) / float64(max(sentences, 1))
	return l
}

// A reading is what a lexicon takes from one document.
type reading struct {
	speech   map[article.Ref][]Speech
	passages []analysis
	terms    [][3][]term // of each passage: stems, pairs, grams
}

type term struct {
	text  string
	count int32
}

// readDocument reads the sentences of a document's passages. A sentence has the stems of the names of those who speak in it, too.
func readDocument(d article.Document) reading {
	r := reading{speech: speeches(d)}
	for _, p := range d.Passages {
		a := analysis{ref: p.Ref}
		var all []string
		for _, span := range article.Sentences(p.Text) {
			text := span.Of(p.Text)
			stems := words.Stems(text)
			stems = append(stems, missing(stems, SpokenStems(r.speech[p.Ref], span))...)
			a.sentences = append(a.sentences, sentence{span, stems, question.TraitsOf(text)})
			all = append(all, stems...)
		}
		var terms [3][]term
		for f, list := range [3][]string{all, pairs(all), grams(p.Text)} {
			a.length[f] = float64(len(list))
			terms[f] = count(list)
		}
		r.passages = append(r.passages, a)
		r.terms = append(r.terms, terms)
	}
	return r
}

// count counts equal terms. It sorts the list.
func count(list []string) []term {
	slices.Sort(list)
	var out []term
	for _, t := range list {
		if n := len(out); n > 0 && out[n-1].text == t {
			out[n-1].count++
		} else {
			out = append(out, term{t, 1})
		}
	}
	return out
}

// missing returns what of more is not in stems, each once.
func missing(stems, more []string) []string {
	var out []string
	for _, s := range more {
		if !slices.Contains(stems, s) && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// idf is the inverse document frequency of a term that is in df of n passages, always positive.
func idf(n, df int) float64 {
	return math.Log(1 + (float64(n)-float64(df)+0.5)/(float64(df)+0.5))
}

// saturate is the part of BM25 that a term's frequency contributes.
func saturate(count, length, mean float64) float64 {
	return count * (bm25K1 + 1) / (count + bm25K1*(1-bm25B+bm25B*length/max(mean, 1)))
}

// score adds the BM25 of the terms to each passage's score.
func (l *lexicon) score(f *field, which int, terms []string, weight float64, scores []float64) {
	counts := make(map[string]float64, len(terms))
	for _, t := range terms {
		counts[t]++
	}
	for _, t := range slices.Sorted(maps.Keys(counts)) { // one order, so that the sums are the same bits each time
		list := f.postings[t]
		w := weight * idf(len(l.passages), len(list)) * min(counts[t], 2)
		for _, p := range list {
			scores[p.passage] += w * saturate(float64(p.count), l.passages[p.passage].length[which], f.mean)
		}
	}
}

// rank scores every passage that shares a word with the question, best first.
func (l *lexicon) rank(q question.Question, in func(article.Ref) bool) []Hit {
	scores := make([]float64, len(l.passages))
	l.score(&l.stems, 0, q.Stems, 1, scores)
	l.score(&l.pairs, 1, pairs(q.Stems), pairWeight, scores)
	l.score(&l.grams, 2, grams(q.Text), gramWeight, scores)
	for _, s := range q.Stems {
		for _, o := range words.Synonyms(s) {
			weight := synonymWeight * min(1, idf(len(l.passages), len(l.stems.postings[s]))/idf(len(l.passages), len(l.stems.postings[o])))
			l.score(&l.stems, 0, []string{o}, weight, scores)
		}
	}
	weights := l.weigh(q.Stems)
	var hits []Hit
	for i, s := range scores {
		a := &l.passages[i]
		if s <= 0 || !in(a.ref) {
			continue
		}
		best := 0.0
		for _, sen := range a.sentences {
			v := l.scoreSentence(sen.stems, weights)
			if sen.traits.Fits(q.Kind) {
				v *= 1 + kindBonus
			}
			best = max(best, v)
		}
		hits = append(hits, Hit{a.ref, s + sentenceWeight*best})
	}
	sortHits(hits)
	return hits
}

// backgroundPassages stand for the texts outside the corpus: without them, in a corpus of a few paragraphs its own subject would
// count for nothing and a word that it happens to lack for everything.
const backgroundPassages = 30

// weigh gives each distinct stem of a question its inverse document frequency.
func (l *lexicon) weigh(stems []string) map[string]float64 {
	w := make(map[string]float64, len(stems))
	for _, s := range stems {
		w[s] = idf(len(l.passages)+backgroundPassages, len(l.stems.postings[s]))
	}
	return w
}

// scoreSentence is BM25 with a sentence as the document.
func (l *lexicon) scoreSentence(stems []string, weights map[string]float64) float64 {
	counts := map[string]float64{}
	var order []string
	for _, s := range stems {
		if _, asked := weights[s]; asked {
			if counts[s] == 0 {
				order = append(order, s)
			}
			counts[s]++
		}
	}
	sum := 0.0
	for _, s := range order {
		sum += weights[s] * saturate(counts[s], float64(len(stems)), l.sentence)
	}
	return sum
}

// sortHits orders hits best first and equal ones by reference.
func sortHits(hits []Hit) {
	slices.SortFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), a.Ref.Compare(b.Ref))
	})
}

// pairs joins neighboring stems.
func pairs(stems []string) []string {
	if len(stems) < 2 {
		return nil
	}
	out := make([]string, 0, len(stems)-1)
	for i := range len(stems) - 1 {
		out = append(out, stems[i]+" "+stems[i+1])
	}
	return out
}

// grams cuts the words that carry meaning into runs of four and five bytes, with the word's ends marked.
func grams(text string) []string {
	var out []string
	for _, t := range words.Tokenize(text) {
		if t.Stop {
			continue
		}
		w := "_" + t.Text + "_"
		for n := gramMin; n <= gramMax; n++ {
			for i := 0; i+n <= len(w); i++ {
				out = append(out, w[i:i+n])
			}
		}
	}
	return out
}

// absent returns the stems that no passage of the named documents has.
func (l *lexicon) absent(stems, slugs []string) []string {
	var out []string
	for _, s := range stems {
		here := func(p posting) bool { return slugs == nil || slices.Contains(slugs, l.passages[p.passage].ref.Slug) }
		if !slices.ContainsFunc(l.stems.postings[s], here) {
			out = append(out, s)
		}
	}
	return out
}
