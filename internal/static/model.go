package static

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"pilcrow/internal/rag"
)

// The files of a model in Model2Vec's layout (https://github.com/MinishLab/model2vec).
const (
	tensorsFile   = "model.safetensors"
	tokenizerFile = "tokenizer.json"
	configFile    = "config.json"
)

// maxTokenizerBytes bounds tokenizer.json; that of half a million pieces has 20 MB.
const maxTokenizerBytes = 64 << 20

// A Model is a table of vectors that somebody else made, read from a folder: an embedder like the built-in one. Its
// rows stay on disk until they are needed. It is safe for use by several goroutines; Close it when nobody uses it any
// more.
type Model struct {
	name      string
	file      *os.File
	tokenizer *tokenizer
	rows      tensor
	weights   []float64 // of the pieces; nil: all 1
	mapping   []float64 // which row a piece has; nil: its own
}

// Open reads a model's folder. The name stands for its vectors: another model needs another one, and a changed one,
// too.
func Open(folder, name string) (*Model, error) {
	m, err := open(folder, name)
	if err != nil {
		return nil, fmt.Errorf("model %s: %w", folder, err)
	}
	return m, nil
}

func open(folder, name string) (_ *Model, err error) {
	info, err := os.Stat(filepath.Join(folder, tokenizerFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: it holds no %s: want the files %s, %s and %s", errModel, tokenizerFile, tensorsFile,
			tokenizerFile, configFile)
	}
	if err == nil && info.Size() > maxTokenizerBytes {
		return nil, fmt.Errorf("%w: %s has more than %d MiB", errModel, tokenizerFile, maxTokenizerBytes>>20)
	}
	text, err := os.ReadFile(filepath.Join(folder, tokenizerFile))
	if err != nil {
		return nil, err
	}
	m := &Model{name: name}
	if m.tokenizer, err = readTokenizer(text); err != nil {
		return nil, err
	}
	if m.file, err = os.Open(filepath.Join(folder, tensorsFile)); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			_ = m.file.Close() // it was only read
		}
	}()
	if info, err = m.file.Stat(); err != nil {
		return nil, err
	}
	tensors, err := readTensors(m.file, info.Size())
	if err != nil {
		return nil, err
	}
	return m, m.use(tensors)
}

// use takes the three tensors of the layout, and checks that they fit each other and the tokenizer.
func (m *Model) use(tensors map[string]tensor) (err error) {
	var ok bool
	if m.rows, ok = tensors["embeddings"]; !ok {
		if m.rows, ok = tensors["embedding.weight"]; !ok { // as sentence-transformers names it
			return fmt.Errorf("%w: %s holds no tensor named embeddings", errModel, tensorsFile)
		}
	}
	for name, list := range map[string]*[]float64{"weights": &m.weights, "mapping": &m.mapping} {
		t, ok := tensors[name]
		if !ok {
			continue
		}
		if *list, err = t.column(); err != nil {
			return err
		}
		if len(*list) < m.tokenizer.size {
			return fmt.Errorf("%w: there are %d %s for %d pieces", errModel, len(*list), name, m.tokenizer.size)
		}
	}
	if m.mapping == nil && m.rows.rows < m.tokenizer.size {
		return fmt.Errorf("%w: there are %d rows for %d pieces", errModel, m.rows.rows, m.tokenizer.size)
	}
	for piece, row := range m.mapping {
		if row < 0 || int(row) >= m.rows.rows {
			return fmt.Errorf("%w: the piece %d has no row", errModel, piece)
		}
	}
	return nil
}

// Model is the name that Open was given.
func (m *Model) Model() string { return m.name }

// MaxBytes is 0: a text of any length is read whole.
func (m *Model) MaxBytes() int { return 0 }

// Dimension is the length of its vectors.
func (m *Model) Dimension() int { return m.rows.columns }

// Close closes the model's file.
func (m *Model) Close() error { return m.file.Close() }

// Embed returns one unit vector per text: the mean of its pieces' rows. It fails when the context has ended or the file
// cannot be read.
func (m *Model) Embed(ctx context.Context, _ rag.Kind, texts []string) ([][]float32, error) {
	out := make([][]float32, len(texts))
	values := make([]float64, m.rows.columns)
	var buffer []byte
	for i, text := range texts {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		sum := make([]float64, m.rows.columns)
		for _, id := range m.tokenizer.ids(text) {
			row, weight := id, 1.0
			if m.mapping != nil {
				row = int(m.mapping[id])
			}
			if m.weights != nil {
				weight = m.weights[id]
			}
			var err error
			if buffer, err = m.rows.row(row, values, buffer); err != nil {
				return nil, err
			}
			for k, v := range values {
				sum[k] += float64(v * weight) // not fused: the same bits everywhere
			}
		}
		vector := make([]float32, len(sum))
		for k, v := range sum {
			vector[k] = float32(v)
		}
		if !scaleToUnit(vector) { // not one piece is known, or they add up to nothing
			clear(vector)
			scatter(vector, text)
			scaleToUnit(vector)
		}
		out[i] = vector
	}
	return out, nil
}

// checkConfig reads config.json, which a model need not have, so that what is no static model is told at once.
func checkConfig(folder string) error {
	data, err := os.ReadFile(filepath.Join(folder, configFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	var config struct {
		Type          string   `json:"model_type"`
		Architectures []string `json:"architectures"`
	}
	if err := json.Unmarshal(data, &config); err != nil {
		return fmt.Errorf("%w: %s: %w", errModel, configFile, err)
	}
	if config.Type != "" && config.Type != "model2vec" {
		return fmt.Errorf("%w: it is a %q model; a table of vectors in Model2Vec's layout is wanted. Run others behind a "+
			"server "+
			"(OPENAI_BASE_URL)", errModel, config.Type)
	}
	return nil
}
