package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"pilcrow/internal/article"
	"pilcrow/internal/chromemindex"
	"pilcrow/internal/flatindex"
	"pilcrow/internal/local"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/rag/vectors"
)

// A question about a document, and the paragraphs that answer it.
type question struct {
	text       string
	slug       string
	paragraphs []int
	answers    []string
	answerable bool
	dev        bool // of the half that numbers are chosen on
	blind      bool // of the third that is measured with -blind alone
}

// A pool is some documents and the questions about them.
type pool struct {
	name      string
	documents []article.Document
	questions []question
}

// paraphrase has questions of our own, written to share few words with what answers them: a development set and the one
// that is measured on.
type data struct {
	squad, clapnq, paraphraseDev, paraphrase pool
	news                                     []article.Document // nobody asks about them
}

// record has the fields of both kinds of data.
type record struct {
	Document   string   `json:"document"`
	Text       string   `json:"text"`
	Question   string   `json:"question"`
	Title      string   `json:"title"`
	Passage    string   `json:"passage"`
	Answerable bool     `json:"answerable"`
	Paragraphs []int    `json:"gold_paragraphs"`
	Answers    []string `json:"gold_answer_strings"`
}

func load(shared string, seed uint64, every int) (data, error) {
	d := data{squad: pool{name: "SQuAD"}, clapnq: pool{name: "ClapNQ"}}
	corpus, err := article.Load(os.DirFS(filepath.Join(shared, "data", "squad", "docs")))
	if err != nil {
		return d, err
	}
	d.squad.documents = corpus.Documents()
	records, err := read(filepath.Join(shared, "data", "squad", "questions.jsonl"), every)
	if err != nil {
		return d, err
	}
	for _, r := range records {
		d.squad.questions = append(d.squad.questions, question{text: r.Text, slug: r.Document, paragraphs: r.Paragraphs,
			answers: r.Answers, answerable: r.Answerable})
	}
	if records, err = read(filepath.Join(shared, "data", "qa_clapnq.dev.jsonl"), 1); err != nil {
		return d, err
	}
	for i, r := range records {
		text := strings.ReplaceAll(r.Passage, "\n", " ")
		document, err := article.Parse(fmt.Sprintf("passage-%04d.md", i), []byte("# "+r.Title+"\n\n"+text+"\n"))
		if err != nil {
			return d, err
		}
		if len(document.Passages) != 1 {
			return d, fmt.Errorf("passage %d has %d paragraphs", i+1, len(document.Passages))
		}
		d.clapnq.documents = append(d.clapnq.documents, document)
		d.clapnq.questions = append(d.clapnq.questions,
			question{text: r.Question, slug: document.Slug, paragraphs: []int{1}, answerable: r.Answerable})
	}
	if records, err = read(filepath.Join(shared, "data", "timeline_docs.dev.jsonl"), 1); err != nil {
		return d, err
	}
	for i, r := range records {
		document, err := article.Parse(fmt.Sprintf("news-%02d.txt", i), []byte(r.Text))
		if err != nil {
			return d, err
		}
		d.news = append(d.news, document)
	}
	for set, p := range map[string]*pool{"paraphrase-dev": &d.paraphraseDev, "paraphrase": &d.paraphrase} {
		if err := p.load(filepath.Join("internal", "static", "testdata", set)); err != nil {
			return d, fmt.Errorf("run it in the repository: %w", err)
		}
		for i := range p.questions {
			p.questions[i].dev = p == &d.paraphraseDev
		}
	}
	d.squad.split(seed)
	d.clapnq.split(seed)
	return d, nil
}

// load reads one of our own sets.
func (p *pool) load(dir string) error {
	corpus, err := article.Load(os.DirFS(filepath.Join(dir, "docs")))
	if err != nil {
		return err
	}
	p.name, p.documents = filepath.Base(dir), corpus.Documents()
	records, err := read(filepath.Join(dir, "questions.jsonl"), 1)
	for _, r := range records {
		p.questions = append(p.questions, question{text: r.Question, slug: r.Document, paragraphs: r.Paragraphs,
			answerable: true})
	}
	return err
}

func read(path string, every int) ([]record, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var all []record
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for n := 0; lines.Scan(); n++ {
		if n%every != 0 {
			continue
		}
		var r record
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, n+1, err)
		}
		all = append(all, r)
	}
	return all, lines.Err()
}

// split puts half of the documents into the development half, with all questions about them, and a third, of the other
// half, aside: nobody looks at those before what is chosen is chosen.
func (p *pool) split(seed uint64) {
	slugs := make([]string, len(p.documents))
	for i, d := range p.documents {
		slugs[i] = d.Slug
	}
	slices.Sort(slugs)
	rand.New(rand.NewPCG(seed, 0)).Shuffle(len(slugs), func(i, j int) { slugs[i], slugs[j] = slugs[j], slugs[i] })
	dev, blind := slugs[:len(slugs)/2], slugs[len(slugs)-len(slugs)/3:]
	for i, q := range p.questions {
		p.questions[i].dev = slices.Contains(dev, q.slug)
		p.questions[i].blind = slices.Contains(blind, q.slug)
	}
}

// engine makes one over documents; base, if not nil, is one whose indexes it uses.
func (f *fit) engine(ctx context.Context, documents []article.Document, meaning rag.Meaning,
	base *ask.Engine) (*ask.Engine, error) {
	e, err := ask.New(ask.Config{
		Embedder: f.embedder, Index: vectors.BySize{Few: chromemindex.New(), Many: flatindex.New()},
		Extractor: local.NewExtractor(), Meaning: meaning, Kin: base,
	})
	if err != nil {
		return nil, err
	}
	corpus, err := article.NewCorpus(documents...)
	if err != nil {
		return nil, err
	}
	_, err = e.Replace(ctx, corpus, nil, nil)
	return e, err
}

// A remembering embedder asks for each text once.
type remembering struct {
	rag.Embedder
	mu    sync.Mutex
	known map[remembered][]float32
}

type remembered struct {
	kind rag.Kind
	text string
}

// Embed implements rag.Embedder.
func (r *remembering) Embed(ctx context.Context, kind rag.Kind, texts []string) ([][]float32, error) {
	out := make([][]float32, len(texts))
	var missing []string
	r.mu.Lock()
	for i, text := range texts {
		if out[i] = r.known[remembered{kind, text}]; out[i] == nil {
			missing = append(missing, text)
		}
	}
	r.mu.Unlock()
	if len(missing) == 0 {
		return out, nil
	}
	got, err := r.Embedder.Embed(ctx, kind, missing)
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for i, text := range missing {
		r.known[remembered{kind, text}] = got[i]
	}
	for i, text := range texts {
		out[i] = r.known[remembered{kind, text}]
	}
	return out, nil
}

// half names a split.
func half(dev bool) string {
	if dev {
		return "dev "
	}
	return "gate"
}

func (q question) answeredBy(text string) bool {
	return slices.ContainsFunc(q.answers, func(a string) bool {
		return strings.Contains(strings.ToLower(text),
			strings.ToLower(a))
	})
}

// best returns which of n candidates has the highest value; of equal ones the first.
func best(n int, value func(i int) float64) int {
	at := 0
	for i := range n {
		if cmp.Compare(value(i), value(at)) > 0 {
			at = i
		}
	}
	return at
}
