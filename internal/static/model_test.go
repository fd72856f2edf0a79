package static

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ragtest"
)

func openModel(t testing.TB, folder string) *Model {
	t.Helper()
	m, err := Open(folder, "test "+filepath.Base(folder))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = m.Close() })
	return m
}

// TestModelsAsTheReference compares with what model2vec and tokenizers say of the same folders
// (testdata/model2vec/make.py).
func TestModelsAsTheReference(t *testing.T) {
	for _, name := range []string{"wordpiece", "clustered", "unigram"} {
		t.Run(name, func(t *testing.T) {
			folder := filepath.Join("testdata", "model2vec", name)
			m := openModel(t, folder)
			f, err := os.Open(filepath.Join(folder, "expected.jsonl"))
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			n := 0
			for lines := bufio.NewScanner(f); lines.Scan(); n++ {
				var want struct {
					Text   string
					IDs    []int
					Vector []float64
				}
				if err := json.Unmarshal(lines.Bytes(), &want); err != nil {
					t.Fatal(err)
				}
				if got := m.tokenizer.ids(want.Text); !slices.Equal(got, want.IDs) {
					t.Errorf("%q has the pieces %v, want %v", want.Text, got, want.IDs)
					continue
				}
				if len(want.IDs) == 0 {
					continue // there is no direction in the reference
				}
				vectors, err := m.Embed(t.Context(), rag.Passage, []string{want.Text})
				if err != nil {
					t.Fatal(err)
				}
				for k, x := range vectors[0] {
					if math.Abs(float64(x)-want.Vector[k]) > 2e-3 { // the reference adds halves as halves
						t.Errorf("%q: dimension %d is %v, want %v", want.Text, k, x, want.Vector[k])
					}
				}
			}
			if n < 20 {
				t.Errorf("only %d texts", n)
			}
		})
	}
}

// TestModelSuite: what an embedder must do with any text. The rows are random, so that meaning is a matter of shared
// pieces.
func TestModelSuite(t *testing.T) {
	for _, name := range []string{"wordpiece", "unigram"} {
		t.Run(name, func(t *testing.T) {
			ragtest.TestEmbedder(t, func() rag.Embedder { return openModel(t, filepath.Join("testdata", "model2vec", name)) })
		})
	}
}

func TestRefusedModels(t *testing.T) {
	good := filepath.Join("testdata", "model2vec", "wordpiece")
	tokenizer, err := os.ReadFile(filepath.Join(good, tokenizerFile))
	if err != nil {
		t.Fatal(err)
	}
	tensors, err := os.ReadFile(filepath.Join(good, tensorsFile))
	if err != nil {
		t.Fatal(err)
	}
	swap := func(old, with string) []byte {
		if !strings.Contains(string(tokenizer), old) {
			t.Fatalf("the tokenizer has no %s", old)
		}
		return []byte(strings.Replace(string(tokenizer), old, with, 1))
	}
	long := binary.LittleEndian.AppendUint64(nil, 1<<40)
	for name, c := range map[string]struct {
		tokenizer, tensors []byte
		says               string
	}{
		"no tokenizer":             {nil, tensors, "tokenizer.json"},
		"no tensors":               {tokenizer, nil, "model.safetensors"},
		"another normalizer":       {swap(`"BertNormalizer"`, `"Nmt"`), tensors, "Nmt"},
		"another pre-tokenizer":    {swap(`"BertPreTokenizer"`, `"ByteLevel"`), tensors, "ByteLevel"},
		"another model":            {swap(`"WordPiece"`, `"BPE"`), tensors, "BPE"},
		"no JSON":                  {[]byte("{"), tensors, "tokenizer.json"},
		"a piece without a row":    {swap(`"[PAD]":0`, `"[PAD]":9000`), tensors, "rows"},
		"a piece below all":        {swap(`"[PAD]":0`, `"[PAD]":-1`), tensors, "-1"},
		"a header without end":     {tokenizer, append(long, tensors[8:]...), "header"},
		"a file that is cut short": {tokenizer, tensors[:len(tensors)-10], "does not fit"},
		"tensors of another layout": {tokenizer, []byte(strings.Replace(string(tensors), "embeddings", "embeddingz", 1)),
			"embeddings"},
		"empty tensors": {tokenizer, []byte{}, "cut short"},
	} {
		folder := t.TempDir()
		for file, data := range map[string][]byte{tokenizerFile: c.tokenizer, tensorsFile: c.tensors} {
			if data != nil {
				if err := os.WriteFile(filepath.Join(folder, file), data, 0o600); err != nil {
					t.Fatal(err)
				}
			}
		}
		m, err := Open(folder, "x")
		if err == nil {
			_ = m.Close()
			t.Errorf("%s: no error", name)
		} else if !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v does not name %q", name, err, c.says)
		}
	}
}

func TestNumbersOfTensors(t *testing.T) {
	for _, c := range []struct {
		kind string
		b    []byte
		want float64
	}{
		{"F16", []byte{0x00, 0x3c}, 1}, {"F16", []byte{0x00, 0xc0}, -2}, {"F16", []byte{0x01, 0x00}, math.Ldexp(1, -24)},
		{"F16", []byte{0xff, 0x7b}, 65504}, {"F16", []byte{0x00, 0x7c}, math.Inf(1)}, {"BF16", []byte{0xc0, 0x3f}, 1.5},
		{"I8", []byte{0xff}, -1}, {"I32", []byte{0xfe, 0xff, 0xff, 0xff}, -2}, {"I64", []byte{7, 0, 0, 0, 0, 0, 0, 0}, 7},
		{"F32", []byte{0, 0, 0x20, 0x40}, 2.5}, {"F64", []byte{0, 0, 0, 0, 0, 0, 0x04, 0xc0}, -2.5},
	} {
		if got := number(c.kind, c.b); got != c.want {
			t.Errorf("%s %x is %v, want %v", c.kind, c.b, got, c.want)
		}
	}
}

func FuzzTokenizer(f *testing.F) {
	var models []*tokenizer
	for _, name := range []string{"wordpiece", "clustered", "unigram"} {
		models = append(models, openModel(f, filepath.Join("testdata", "model2vec", name)).tokenizer)
	}
	f.Add("The ferry was canceled.")
	f.Add("\xff漢 İ\x00 ️")
	f.Fuzz(func(t *testing.T, text string) {
		for _, m := range models {
			for _, id := range m.ids(text) {
				if id < 0 || id >= m.size {
					t.Errorf("%q has the piece %d", text, id)
				}
			}
		}
	})
}

func FuzzTensors(f *testing.F) {
	data, err := os.ReadFile(filepath.Join("testdata", "model2vec", "clustered", tensorsFile))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Fuzz(func(t *testing.T, data []byte) {
		tensors, err := readTensors(strings.NewReader(string(data)), int64(len(data)))
		if err != nil {
			if !errors.Is(err, errModel) {
				t.Error(err)
			}
			return
		}
		for _, tensor := range tensors {
			for i := range min(tensor.rows, 3) {
				if _, err := tensor.row(i, make([]float64, tensor.columns), nil); err != nil {
					t.Error(err)
				}
			}
		}
	})
}
