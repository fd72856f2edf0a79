package openai

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"unicode/utf8"

	"pilcrow/internal/openaitest"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/prompt"
	"pilcrow/internal/rag/ragtest"
)

func TestConfig(t *testing.T) {
	for _, test := range []struct {
		name string
		url  string
		key  Key
		want string // in the error, "" for none
	}{
		{"OpenAI", "", "k", ""},
		{"OpenAI without a key", "", "", "a key is needed"},
		{"any https", "https://models.example.org/v1/", "k", ""},
		{"https to this machine", "https://localhost:8443/v1", "", ""},
		{"Ollama", "http://localhost:11434/v1", "", ""},
		{"IPv4 loopback", "http://127.0.0.2:8080/v1", "", ""},
		{"IPv6 loopback", "http://[::1]:8080/v1", "", ""},
		{"mapped loopback", "http://[::ffff:127.0.0.1]:8080/v1", "", ""},
		{"space around", " http://localhost:11434/v1 ", " k\n", ""},
		{"http elsewhere", "http://models.example.org/v1", "k", "plain http is only"},
		{"http in the local network", "http://192.168.1.5:11434/v1", "k", "plain http is only"},
		{"a name that begins like loopback", "http://localhost.example.org/v1", "k", "plain http is only"},
		{"an address that begins like loopback", "http://127.0.0.1.example.org/v1", "k", "plain http is only"},
		{"no scheme", "localhost:11434", "k", "base URL"},
		{"another scheme", "ftp://localhost/v1", "k", "want https"},
		{"no host", "https:///v1", "k", "base URL"},
		{"no URL", "::", "k", "base URL"},
		{"password", "https://me:hunter2@example.org/v1", "k", "has a user"},
		{"broken, with a password", "https://me:hunter2@exa mple.org/%zz", "k", "no address"},
		{"query", "https://example.org/v1?key=hunter2", "k", "a query"},
		{"a key with a line break", "", "two\nlines", "no key has"},
		{"a key that is a sentence", "", "your key here…", "no key has"},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := Config{BaseURL: test.url, Key: test.key, ChatModel: "m", EmbeddingModel: "m"}
			_, err := NewGenerator(c)
			_, err2 := NewEmbedder(c)
			if fmt.Sprint(err) != fmt.Sprint(err2) {
				t.Errorf("two opinions: %v; %v", err, err2)
			}
			if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
				t.Fatalf("got %v, want %q", err, test.want)
			}
			if err != nil && (strings.Contains(err.Error(), "hunter2") || strings.Contains(err.Error(), "lines")) {
				t.Errorf("a secret is in %v", err)
			}
		})
	}
	if _, err := NewGenerator(Config{Key: "k", EmbeddingModel: "m"}); err == nil {
		t.Error("a generator without a model")
	}
	if _, err := NewEmbedder(Config{Key: "k", ChatModel: "m"}); err == nil {
		t.Error("an embedder without a model")
	}
	_, err := NewGenerator(Config{Key: "a b", BaseURL: "http://example.org/v1", MaxTokens: -1, ChatModel: "m"})
	for _, want := range []string{"plain http", "no key has", "below zero"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v does not name %q", err, want)
		}
	}
}

func TestKeyIsSent(t *testing.T) { synctest.Test(t, testKeyIsSent) }
func testKeyIsSent(t *testing.T) {
	s := openaitest.NewMemory(t)
	s.RequireKey(secret)
	c := config(s)
	if _, err := newGenerator(t, c).Generate(t.Context(), ragtest.Request()); !errors.Is(err, ErrKeyRefused) {
		t.Errorf("without the key: %v", err)
	}
	c.Key = secret
	if _, err := newGenerator(t, c).Generate(t.Context(), ragtest.Request()); err != nil {
		t.Errorf("with the key: %v", err)
	}
}

func TestModels(t *testing.T) { synctest.Test(t, testModels) }
func testModels(t *testing.T) {
	s := openaitest.NewMemory(t)
	s.Offer("zeta", "alpha")
	got, err := Models(t.Context(), config(s))
	if err != nil || !slices.Equal(got, []string{"alpha", "zeta"}) {
		t.Errorf("got %q, %v", got, err)
	}
	for fault, want := range map[openaitest.Fault]error{
		openaitest.Unauthorized: ErrKeyRefused, openaitest.Portal: ErrProtocol, openaitest.ErrorBody: ErrProtocol,
	} {
		s.Always(openaitest.Reply{Fault: fault})
		if got, err := Models(t.Context(), config(s)); !errors.Is(err, want) {
			t.Errorf("fault %d: %q, %v; want %v", fault, got, err, want)
		}
	}
}

func TestBatches(t *testing.T) { synctest.Test(t, testBatches) }
func testBatches(t *testing.T) {
	s := openaitest.NewMemory(t)
	c := config(s)
	c.EmbeddingModel = "text-embedding-3-small"
	e := newEmbedder(t, c)
	if e.MaxBytes() != 8191 {
		t.Errorf("MaxBytes = %d", e.MaxBytes())
	}
	var texts []string
	for i := range 200 {
		texts = append(texts, fmt.Sprintf("short %d", i))
	}
	for range 60 {
		texts = append(texts, strings.Repeat("long text ", 800))
	}
	vectors, err := e.Embed(t.Context(), rag.Passage, texts)
	if err != nil || len(vectors) != len(texts) {
		t.Fatalf("%d vectors, %v", len(vectors), err)
	}
	sent := 0
	for i, r := range s.Requests() {
		size := 0
		for _, text := range r.Input {
			size += len(text)
		}
		if len(r.Input) > maxBatchTexts || size > maxBatchBytes {
			t.Errorf("call %d has %d texts of %d bytes", i, len(r.Input), size)
		}
		sent += len(r.Input)
	}
	if calls := len(s.Requests()); sent != len(texts) || calls > 7 { // 16, 32, 64, 88, and three for their bytes
		t.Errorf("%d texts in %d calls, want %d in 7", sent, calls, len(texts))
	}
}

func TestShuffledVectorsAreSorted(t *testing.T) { synctest.Test(t, testShuffledVectorsAreSorted) }
func testShuffledVectorsAreSorted(t *testing.T) {
	s := openaitest.NewMemory(t)
	texts := []string{"one", "two", "three"}
	s.Always(openaitest.Reply{Fault: openaitest.Shuffled})
	got, err := newEmbedder(t, config(s)).Embed(t.Context(), rag.Passage, texts)
	if err != nil {
		t.Fatal(err)
	}
	for i, text := range texts {
		if !slices.Equal(got[i], openaitest.Vector(text)) {
			t.Errorf("%q has another text's vector", text)
		}
	}
}

func TestEmptyAndLongTexts(t *testing.T) { synctest.Test(t, testEmptyAndLongTexts) }
func testEmptyAndLongTexts(t *testing.T) {
	s := openaitest.NewMemory(t)
	c := config(s)
	c.MaxBytes = 10
	e := newEmbedder(t, c)
	for _, text := range []string{"", " \n\t"} {
		if _, err := e.Embed(t.Context(), rag.Passage, []string{"a", text}); err == nil || len(s.Requests()) != 0 {
			t.Errorf("%q: %v after %d calls", text, err, len(s.Requests()))
		}
	}
	if _, err := e.Embed(t.Context(), rag.Passage, []string{"123456789é and more", "1234567890"}); err != nil {
		t.Fatal(err)
	}
	if got := s.Requests()[0].Input; !slices.Equal(got, []string{"123456789", "1234567890"}) {
		t.Errorf("sent %q", got)
	}
}

func TestTasks(t *testing.T) { synctest.Test(t, testTasks) }
func testTasks(t *testing.T) {
	for _, test := range []struct{ model, question, passage, name string }{
		{"text-embedding-3-small", "bridge", "bridge", "text-embedding-3-small"},
		{"nomic-embed-text:v1.5", "search_query: bridge", "search_document: bridge",
			`nomic-embed-text:v1.5 "search_document: "`},
		{"intfloat/multilingual-E5-large", "query: bridge", "passage: bridge",
			`intfloat/multilingual-E5-large "passage: "`},
		{"mxbai-embed-large", "Represent this sentence for searching relevant passages: bridge", "bridge",
			"mxbai-embed-large"},
	} {
		s := openaitest.NewMemory(t)
		c := config(s)
		c.EmbeddingModel = test.model
		e := newEmbedder(t, c)
		for _, kind := range []rag.Kind{rag.Question, rag.Passage} {
			if _, err := e.Embed(t.Context(), kind, []string{"bridge"}); err != nil {
				t.Fatal(err)
			}
		}
		sent := s.Requests()
		if sent[0].Input[0] != test.question || sent[1].Input[0] != test.passage || e.Model() != test.name {
			t.Errorf("%s: sent %q and %q as %q", test.model, sent[0].Input, sent[1].Input, e.Model())
		}
		if sent[0].Model != test.model {
			t.Errorf("asked for the model %q", sent[0].Model)
		}
	}
}

func TestClip(t *testing.T) {
	for n := range 12 {
		const text = "aé漢👩"
		got := clip(text, n)
		if len(got) > n || !utf8.ValidString(got) || !strings.HasPrefix(text, got) || n-len(got) > 3 && n <= len(text) {
			t.Errorf("clip to %d: %q", n, got)
		}
	}
}

func TestDrafts(t *testing.T) {
	for _, test := range []struct {
		name string
		text string
		want rag.Draft
	}{
		{"as written", " Closed in May [1].\nReopened [2].\n", rag.Draft{Text: "Closed in May [1].\nReopened [2]."}},
		{"not covered", "NOT_COVERED", rag.Draft{NotCovered: true}},
		{"not covered, dressed up", "**Not covered.**", rag.Draft{NotCovered: true}},
		{"covered in part", "It was closed in May [1]. NOT_COVERED", rag.Draft{Text: "It was closed in May [1]."}},
		{"thinking aloud", "<think>\nIs it [3]? NOT_COVERED?\n</think>\n\nClosed in May [1].",
			rag.Draft{Text: "Closed in May [1]."}},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := openaitest.NewMemory(t)
				s.Always(openaitest.Reply{Text: test.text})
				test.want.By = "chat-small"
				got, err := newGenerator(t, config(s)).Generate(t.Context(), ragtest.Request())
				if err != nil || !reflect.DeepEqual(got, test.want) {
					t.Errorf("got %+v, %v; want %+v", got, err, test.want)
				}
			})
		})
	}
}

func TestRequestByModel(t *testing.T) { synctest.Test(t, testRequestByModel) }
func testRequestByModel(t *testing.T) {
	for _, test := range []struct {
		model   string
		reasons bool
	}{
		{"gpt-4o-mini", false}, {"llama3.2:3b", false}, {"o3-mini", true}, {"gpt-5-nano", true}, {"gpt-6-luna", true},
		{"openai/o4-mini", true}, {"olmo-2", false},
	} {
		s := openaitest.NewMemory(t)
		c := config(s)
		c.ChatModel = test.model
		if _, err := newGenerator(t, c).Generate(t.Context(), ragtest.Request()); err != nil {
			t.Errorf("%s: %v", test.model, err)
			continue
		}
		r := s.Requests()[0]
		if r.Model != test.model || !r.Stream || (r.Temperature == nil) != test.reasons ||
			(r.MaxCompletionTokens > 0) != test.reasons || (r.MaxTokens > 0) == test.reasons {
			t.Errorf("%s: sent %+v", test.model, r)
		}
		system, user := prompt.ForDraft(ragtest.Request())
		if len(r.Messages) != 2 || r.Messages[0] != (openaitest.Message{Role: "system", Content: system}) ||
			r.Messages[1] != (openaitest.Message{Role: "user", Content: user}) {
			t.Errorf("%s: messages %+v", test.model, r.Messages)
		}
	}
}

// A reasoning model under a name that nobody knows is asked in the other way, once, and from then on.
func TestParametersAreLearned(t *testing.T) { synctest.Test(t, testParametersAreLearned) }
func testParametersAreLearned(t *testing.T) {
	s := openaitest.NewMemory(t)
	s.Always(openaitest.Reply{Fault: openaitest.Reasoning})
	g := newGenerator(t, config(s))
	for range 2 {
		if draft, err := g.Generate(t.Context(), ragtest.Request()); err != nil || draft.Text == "" {
			t.Errorf("%+v, %v", draft, err)
		}
	}
	if got := len(s.Requests()); got != 3 {
		t.Errorf("%d requests for two drafts, want 3", got)
	}
	s.Always(openaitest.Reply{Fault: openaitest.Refused})
	if _, err := newGenerator(t, config(s)).Generate(t.Context(), ragtest.Request()); !errors.Is(err, ErrRefused) {
		t.Errorf("another refusal: %v", err)
	}
	if got := len(s.Requests()); got != 4 {
		t.Errorf("another refusal was tried %d times", got-3)
	}
}
