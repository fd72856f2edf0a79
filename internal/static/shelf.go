package static

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// A Shelf is the folder of the models that an operator chose, each in a folder of its own under its name, with a label
// beside its files. A model is put there whole or not at all. Several programs may use a shelf at once; of two that
// place one name, the second fails.
type Shelf struct{ folder string }

// NewShelf makes a shelf of the folder, which need not exist yet.
func NewShelf(folder string) Shelf { return Shelf{folder} }

// The errors of a shelf that are told apart.
var (
	ErrNoModel = errors.New("there is no such model")
	ErrIsThere = errors.New("there is a model of that name already")
	ErrBadName = errors.New("not a name for a model: want small letters, digits, points and hyphens, at most 64")
)

const (
	labelFile  = "pilcrow.json"
	partSuffix = ".part" // of a folder that is not whole
)

var shelfName = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]{0,63}$`)

// CheckName says what is wrong with a model's name.
func CheckName(name string) error {
	if !shelfName.MatchString(name) || strings.HasSuffix(name, partSuffix) {
		return fmt.Errorf("%q: %w", name, ErrBadName)
	}
	return nil
}

// A File is one file of a model: what it must be to the byte, and where it can be had.
type File struct {
	Name   string `json:"name"`
	URL    string `json:"url,omitempty"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// A Label says what a model is.
type Label struct {
	Name      string `json:"name"`
	Revision  string `json:"revision,omitempty"` // at its source
	License   string `json:"license,omitempty"`
	Languages string `json:"languages,omitempty"`
	Dimension int    `json:"dimension,omitempty"`
	Files     []File `json:"files"`
}

// Bytes is the size of all files.
func (l Label) Bytes() (sum int64) {
	for _, f := range l.Files {
		sum += f.Bytes
	}
	return sum
}

// model names the vectors: two models have one name only if all of their bytes are the same.
func (l Label) model() string {
	sum := sha256.New()
	for _, f := range l.Files {
		fmt.Fprintf(sum, "%s %s\n", f.Name, f.SHA256)
	}
	return fmt.Sprintf("model2vec-1-%x", sum.Sum(nil)[:6])
}

// List returns the labels of the models on the shelf, by name. What has no label is no model, and is passed over.
func (s Shelf) List() ([]Label, error) {
	entries, err := os.ReadDir(s.folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var labels []Label
	for _, e := range entries {
		if CheckName(e.Name()) != nil {
			continue
		}
		if l, err := s.label(e.Name()); err == nil {
			labels = append(labels, l)
		}
	}
	return labels, nil
}

func (s Shelf) label(name string) (l Label, err error) {
	data, err := os.ReadFile(filepath.Join(s.folder, name, labelFile))
	if errors.Is(err, fs.ErrNotExist) {
		return l, fmt.Errorf("%q: %w", name, ErrNoModel)
	}
	if err != nil {
		return l, err
	}
	if err := json.Unmarshal(data, &l); err != nil {
		return l, fmt.Errorf("the label of the model %q: %w", name, err)
	}
	return l, nil
}

// Open opens the model of that name. The sizes of its files are compared with the label; their checksums were when it
// was placed.
func (s Shelf) Open(name string) (*Model, error) {
	if err := CheckName(name); err != nil {
		return nil, err
	}
	l, err := s.label(name)
	if err != nil {
		return nil, err
	}
	folder := filepath.Join(s.folder, name)
	for _, f := range l.Files {
		info, err := os.Stat(filepath.Join(folder, f.Name))
		if err != nil {
			return nil, fmt.Errorf("the model %q: %w", name, err)
		}
		if info.Size() != f.Bytes {
			return nil, fmt.Errorf("the model %q: %s has %d bytes and is to have %d: remove the model and add it again", name,
				f.Name,
				info.Size(), f.Bytes)
		}
	}
	return Open(folder, l.model())
}

// Remove takes the model off the shelf, and what an unfinished Get of that name left.
func (s Shelf) Remove(name string) error {
	if err := CheckName(name); err != nil {
		return err
	}
	folder := filepath.Join(s.folder, name)
	_, whole := os.Stat(folder)
	_, part := os.Stat(folder + partSuffix)
	if errors.Is(whole, fs.ErrNotExist) && errors.Is(part, fs.ErrNotExist) {
		return fmt.Errorf("%q: %w", name, ErrNoModel)
	}
	if whole == nil { // out of sight at once: a model with half of its files is never seen
		if err := os.RemoveAll(folder + partSuffix); err != nil {
			return err
		}
		if err := os.Rename(folder, folder+partSuffix); err != nil {
			return err
		}
	}
	return os.RemoveAll(folder + partSuffix)
}

// Add copies the model in the folder from onto the shelf.
func (s Shelf) Add(ctx context.Context, name, from string) (Label, error) {
	part, err := s.begin(name)
	if err != nil {
		return Label{}, err
	}
	l := Label{Name: name}
	for _, file := range []string{tensorsFile, tokenizerFile, configFile} {
		f, err := copyFile(ctx, filepath.Join(part, file), filepath.Join(from, file))
		switch {
		case errors.Is(err, fs.ErrNotExist) && file == configFile:
			continue
		case errors.Is(err, fs.ErrNotExist):
			err = fmt.Errorf("%w: %s holds no %s: want a folder with %s, %s and %s", errModel, from, file, tensorsFile,
				tokenizerFile, configFile)
		}
		if err != nil {
			_ = os.RemoveAll(part) // the first error is the one to tell
			return Label{}, err
		}
		f.Name = file
		l.Files = append(l.Files, f)
	}
	if l, err = s.place(l); err != nil {
		_ = os.RemoveAll(part) // likewise
	}
	return l, err
}

// A Download appends to the file what an address has beyond the file's end, until it holds size bytes.
type Download func(ctx context.Context, address string, file *os.File, size int64, progress func(done int64)) error

// Get downloads the model that the label describes. What came of it is kept when the download fails, so that the next
// Get goes on there; a file whose checksum is wrong is thrown away. progress, if not nil, is told how many bytes of all
// there are.
func (s Shelf) Get(ctx context.Context, pin Label, download Download, progress func(done, all int64)) (Label, error) {
	part, err := s.begin(pin.Name)
	if err != nil {
		return Label{}, err
	}
	before, all := int64(0), pin.Bytes()
	for _, f := range pin.Files {
		if !slices.Contains([]string{tensorsFile, tokenizerFile, configFile}, f.Name) || f.Bytes < 0 {
			return Label{}, fmt.Errorf("%w: it lists %d bytes of %q", errModel, f.Bytes, f.Name)
		}
		if err := getFile(ctx, filepath.Join(part, f.Name), f, download, func(done int64) {
			if progress != nil {
				progress(before+done, all)
			}
		}); err != nil {
			return Label{}, err
		}
		before += f.Bytes
	}
	return s.place(pin)
}

func getFile(ctx context.Context, to string, want File, download Download, progress func(int64)) (err error) {
	file, err := os.OpenFile(to, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if err := download(ctx, want.URL, file, want.Bytes, progress); err != nil {
		return err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return err
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != want.SHA256 {
		return errors.Join(fmt.Errorf("%w: %s has the checksum %s and is to have %s: it was thrown away", errModel, want.Name,
			got, want.SHA256),
			file.Truncate(0))
	}
	return file.Sync()
}

// begin makes the folder that a model is put together in.
func (s Shelf) begin(name string) (part string, err error) {
	if err := CheckName(name); err != nil {
		return "", err
	}
	folder := filepath.Join(s.folder, name)
	if _, err := os.Stat(folder); err == nil {
		return "", fmt.Errorf("%q: %w", name, ErrIsThere)
	}
	return folder + partSuffix, os.MkdirAll(folder+partSuffix, 0o700)
}

// place checks that what was put together can be opened and gives vectors, labels it, and puts it in its place.
func (s Shelf) place(l Label) (Label, error) {
	folder := filepath.Join(s.folder, l.Name)
	part := folder + partSuffix
	if err := checkConfig(part); err != nil {
		return l, err
	}
	m, err := Open(part, l.model())
	if err != nil {
		return l, err
	}
	l.Dimension = m.Dimension()
	// one line, at once
	_, err = m.Embed(context.Background(), 0, []string{"The ferry was canceled because the river rose."})
	if err := errors.Join(err, m.Close()); err != nil {
		return l, err
	}
	data, err := json.MarshalIndent(l, "", "  ")
	if err != nil {
		return l, err
	}
	if err := writeWhole(filepath.Join(part, labelFile), append(data, '\n')); err != nil {
		return l, err
	}
	return l, os.Rename(part, folder)
}

func writeWhole(name string, data []byte) (err error) {
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if _, err := file.Write(data); err != nil {
		return err
	}
	return file.Sync()
}

// copyFile copies a file and returns its size and checksum.
func copyFile(ctx context.Context, to, from string) (f File, err error) {
	in, err := os.Open(from)
	if err != nil {
		return f, err
	}
	defer in.Close()
	if info, err := in.Stat(); err != nil || !info.Mode().IsRegular() {
		return f, errors.Join(err, fmt.Errorf("%w: %s is not a file", errModel, from))
	}
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return f, err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	sum := sha256.New()
	for buffer := make([]byte, 1<<20); ; {
		if err := ctx.Err(); err != nil {
			return f, err
		}
		n, err := in.Read(buffer)
		_, _ = sum.Write(buffer[:n]) // a hash never fails
		if _, err := out.Write(buffer[:n]); err != nil {
			return f, err
		}
		f.Bytes += int64(n)
		if errors.Is(err, io.EOF) {
			f.SHA256 = hex.EncodeToString(sum.Sum(nil))
			return f, out.Sync()
		}
		if err != nil {
			return f, err
		}
	}
}

// ReadPins reads a list of models that can be got: labels whose files have addresses.
func ReadPins(r io.Reader) ([]Label, error) {
	var pins []Label
	decoder := json.NewDecoder(io.LimitReader(r, 1<<20))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&pins); err != nil {
		return nil, fmt.Errorf("the list of models: %w", err)
	}
	for _, p := range pins {
		if err := CheckName(p.Name); err != nil {
			return nil, err
		}
		for _, f := range p.Files {
			if sum, err := hex.DecodeString(f.SHA256); err != nil || len(sum) != sha256.Size || f.URL == "" || f.Bytes < 1 {
				return nil, fmt.Errorf("the list of models: %s: %s: want url, bytes and sha256 (64 hexadecimal digits)", p.Name,
					f.Name)
			}
		}
	}
	return pins, nil
}
