package static

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pilcrow/internal/rag"
)

var wordpiece = filepath.Join("testdata", "model2vec", "wordpiece")

func TestShelf(t *testing.T) {
	s := NewShelf(filepath.Join(t.TempDir(), "models"))
	if list, err := s.List(); err != nil || list != nil {
		t.Fatalf("a shelf that is not there holds %v, %v", list, err)
	}
	added, err := s.Add(t.Context(), "small", wordpiece)
	if err != nil {
		t.Fatal(err)
	}
	other, err := s.Add(t.Context(), "other", filepath.Join("testdata", "model2vec", "unigram"))
	if err != nil {
		t.Fatal(err)
	}
	if added.Dimension != 64 || len(added.Files) != 3 || added.model() == other.model() {
		t.Errorf("%+v, %+v", added, other)
	}
	if list, err := s.List(); err != nil || len(list) != 2 || list[1].Name != "small" || list[1].Bytes() != added.Bytes() {
		t.Errorf("the shelf holds %v, %v", list, err)
	}
	m, err := s.Open("small")
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	same := openModel(t, wordpiece)
	got, err := m.Embed(t.Context(), rag.Question, []string{"Where is the ferry?"})
	if err != nil {
		t.Fatal(err)
	}
	if want, _ := same.Embed(t.Context(), rag.Question, []string{"Where is the ferry?"}); !slices.Equal(got[0], want[0]) {
		t.Error("the placed model gives other vectors")
	}
	if m.Model() != added.model() {
		t.Errorf("the model is named %q, want %q", m.Model(), added.model())
	}
	if _, err := s.Add(t.Context(), "small", wordpiece); !errors.Is(err, ErrIsThere) {
		t.Errorf("added again: %v", err)
	}
	if err := s.Remove("small"); err != nil {
		t.Error(err)
	}
	if err := s.Remove("small"); !errors.Is(err, ErrNoModel) {
		t.Errorf("removed again: %v", err)
	}
	if _, err := s.Open("small"); !errors.Is(err, ErrNoModel) {
		t.Errorf("opened after that: %v", err)
	}
}

func TestShelfRefuses(t *testing.T) {
	s := NewShelf(t.TempDir())
	for _, name := range []string{"", "..", "../x", "a/b", "Capital", ".hidden", "x.part", strings.Repeat("x", 65),
		"a\x00"} {
		if _, err := s.Add(t.Context(), name, wordpiece); !errors.Is(err, ErrBadName) {
			t.Errorf("%q: %v", name, err)
		}
	}
	if _, err := s.Add(t.Context(), "none", t.TempDir()); !errors.Is(err, errModel) {
		t.Errorf("an empty folder: %v", err)
	}
	transformer := t.TempDir()
	if err := os.CopyFS(transformer, os.DirFS(wordpiece)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(transformer, configFile), []byte(`{"model_type": "bert"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Add(t.Context(), "bert", transformer); err == nil || !strings.Contains(err.Error(), `"bert"`) {
		t.Errorf("a transformer: %v", err)
	}
	if left, err := os.ReadDir(s.folder); err != nil || len(left) != 0 {
		t.Errorf("what was refused left %v, %v", left, err)
	}
	if _, err := s.Add(t.Context(), "cut", wordpiece); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(filepath.Join(s.folder, "cut", tensorsFile), 5000); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Open("cut"); err == nil || !strings.Contains(err.Error(), "5000 bytes") {
		t.Errorf("a file that was cut short: %v", err)
	}
}

// pinOf describes the small model as a list of pins would.
func pinOf(t *testing.T) Label {
	t.Helper()
	pin := Label{Name: "small", Revision: "1", License: "our own", Languages: "English"}
	for _, file := range []string{tensorsFile, tokenizerFile, configFile} {
		data, err := os.ReadFile(filepath.Join(wordpiece, file))
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(data)
		pin.Files = append(pin.Files, File{Name: file, URL: "https://example.org/" + file, Bytes: int64(len(data)),
			SHA256: hex.EncodeToString(sum[:])})
	}
	return pin
}

// server plays the fetcher: it gives what lies beyond the file's end, and breaks off after so many bytes.
type server struct {
	gives int64
	spoil bool
}

func (s *server) download(_ context.Context, address string, file *os.File, size int64, progress func(int64)) error {
	data, err := os.ReadFile(filepath.Join(wordpiece, filepath.Base(address)))
	if err != nil {
		return err
	}
	info, err := file.Stat()
	if err != nil {
		return err
	}
	rest := data[info.Size():]
	broke := int64(len(rest)) > s.gives
	rest = rest[:min(int64(len(rest)), s.gives)]
	s.gives -= int64(len(rest))
	if s.spoil && len(rest) > 0 {
		rest = slices.Clone(rest)
		rest[0] ^= 1
	}
	if _, err := file.WriteAt(rest, info.Size()); err != nil {
		return err
	}
	progress(info.Size() + int64(len(rest)))
	if broke {
		return fmt.Errorf("broke off before %d", size)
	}
	return nil
}

// TestGetGoesOn: a download that breaks off in each of its parts ends with the model all the same, and nothing is seen
// of it before.
func TestGetGoesOn(t *testing.T) {
	s, pin := NewShelf(t.TempDir()), pinOf(t)
	tries, last := 0, int64(0)
	for ; ; tries++ {
		_, err := s.Get(t.Context(), pin, (&server{gives: 40_000}).download, func(done, all int64) {
			if done < last || done > all || all != pin.Bytes() {
				t.Errorf("progress went from %d to %d of %d", last, done, all)
			}
			last = done
		})
		if err == nil {
			break
		}
		if list, _ := s.List(); len(list) != 0 || tries > 10 {
			t.Fatalf("after %d tries: %v, the shelf holds %v", tries, err, list)
		}
		last = 0
	}
	if tries == 0 {
		t.Error("nothing broke off")
	}
	m, err := s.Open("small")
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	if list, _ := s.List(); list[0].License != "our own" || list[0].Dimension != 64 {
		t.Errorf("the label says %+v", list[0])
	}
}

func TestGetThrowsAwayWhatIsWrong(t *testing.T) {
	s, pin := NewShelf(t.TempDir()), pinOf(t)
	_, err := s.Get(t.Context(), pin, (&server{gives: 1 << 30, spoil: true}).download, nil)
	if err == nil || !strings.Contains(err.Error(), "checksum") {
		t.Fatalf("a spoiled file: %v", err)
	}
	if _, err := s.Get(t.Context(), pin, (&server{gives: 1 << 30}).download, nil); err != nil {
		t.Errorf("after it was thrown away: %v", err)
	}
	bad := pinOf(t)
	bad.Name, bad.Files[0].Name = "bad", "../../evil"
	if _, err := s.Get(t.Context(), bad, (&server{gives: 1 << 30}).download, nil); !errors.Is(err, errModel) {
		t.Errorf("a file of another name: %v", err)
	}
	if err := s.Remove("bad"); err != nil {
		t.Errorf("what an unfinished one left cannot be removed: %v", err)
	}
}

func TestReadPins(t *testing.T) {
	const sum = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
	good := `[{"name":"small","license":"MIT","files":[{"name":"model.safetensors","url":"https://example.org/m",` +
		`"bytes":5,"sha256":"` + sum + `"}]}]`
	if pins, err := ReadPins(strings.NewReader(good)); err != nil || len(pins) != 1 || pins[0].Bytes() != 5 {
		t.Errorf("%v, %v", pins, err)
	}
	for _, bad := range []string{"", "{}", strings.Replace(good, sum, "12", 1), strings.Replace(good, "small", "../x", 1),
		strings.Replace(good, `"bytes":5`, `"bytes":0`, 1), strings.Replace(good, "license", "licence", 1),
		strings.Replace(good, "https://example.org/m", "", 1)} {
		if _, err := ReadPins(strings.NewReader(bad)); err == nil {
			t.Errorf("%s: no error", bad)
		}
	}
}
