package store

import (
	"go/parser"
	"go/token"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"pilcrow/internal/rag"
	"pilcrow/internal/static"
)

// comments makes blocks of forty vectors as the table in the program gives them: of what Go's own source says of
// itself, which is English that people wrote, and is wherever this is built. What is asked are halves of sentences that
// are in no block.
func comments(t testing.TB, count int) (blocks []*rag.Block, question func() []float32) {
	t.Helper()
	const asked = 2000
	texts := commentTexts(t)
	if len(texts) < count+asked {
		t.Skipf("Go's source has %d sentences", len(texts))
	}
	rand.New(rand.NewPCG(33, 0)).Shuffle(len(texts), func(i, j int) { texts[i], texts[j] = texts[j], texts[i] })
	embedder := static.New()
	embed := func(kind rag.Kind, texts []string) [][]float32 {
		vectors, err := embedder.Embed(t.Context(), kind, texts)
		if err != nil {
			t.Fatal(err)
		}
		return vectors
	}
	for first := 0; first < count; first += 40 {
		n := min(40, count-first)
		paragraph := make([]int32, n)
		for i := range paragraph {
			paragraph[i] = int32(i)
		}
		b, err := rag.NewBlock(n, paragraph, embed(rag.Passage, texts[first:first+n]))
		if err != nil {
			t.Fatal(err)
		}
		blocks = append(blocks, b)
	}
	next := count
	return blocks, func() []float32 {
		words := strings.Fields(texts[next])
		next = count + (next-count+1)%asked
		return embed(rag.Question, []string{strings.Join(words[:len(words)/2], " ")})[0]
	}
}

const leastWords = 7

// commentTexts are the sentences of Go's comments that have some words, each once, in the order of the files.
func commentTexts(t testing.TB) (texts []string) {
	t.Helper()
	root := filepath.Join(runtime.GOROOT(), "src") //nolint:staticcheck // where this is built, Go is
	seen := map[string]bool{}
	err := fs.WalkDir(os.DirFS(root), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() && d.Name() == "testdata" {
			return fs.SkipDir
		}
		if !strings.HasSuffix(path, ".go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, path), nil, parser.ParseComments)
		if err != nil {
			return nil //nolint:nilerr // of those there are few
		}
		for _, group := range file.Comments {
			for text := range strings.SplitSeq(strings.Join(strings.Fields(group.Text()), " "), ". ") {
				if strings.Count(text, " ") >= leastWords-1 && !seen[text] {
					seen[text] = true
					texts = append(texts, text)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return texts
}
