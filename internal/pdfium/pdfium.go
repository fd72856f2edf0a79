// Package pdfium reads PDF with PDFium, the reader of Chromium, which runs as WebAssembly inside wazero: it sees the
// bytes of one document and nothing of the machine. Where a letter stands, which it is, and whether that is sure, is
// what comes out; no layout.
//
// The module must be compiled once to machine code, which takes seconds and is kept in a folder (Compile). Reading
// with it begins within some 100 ms.
//
// A Document is for one goroutine. Hostile files end in errors, or in ctx: the memory of the module is bounded, its
// time is not.
package pdfium

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	_ "embed" // for the module
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"unicode/utf16"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
	"github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
)

// packed is PDFium; tools/pdfium/make.sh makes it, NOTICE says whose it is.
//
//go:embed pdfium.wasm.gz
var packed []byte

// maxMemoryPages bounds the module's memory, in pages of 64 KiB: 320 MiB.
const maxMemoryPages = 5120

// What a document is refused for.
var (
	ErrPassword    = errors.New("it needs a password")
	ErrFormat      = errors.New("it is no PDF that can be read")
	ErrNotCompiled = errors.New("the reader is not compiled yet")
)

// marker is the name of the file that says that the folder holds the compiled module of this program. wazero keeps
// what its versions compile apart, and knows its own version from the program's list of modules, which a test's
// program lacks.
func marker() string {
	sum := sha256.Sum256(packed)
	version := "dev"
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			if m.Path == "github.com/tetratelabs/wazero" {
				version = m.Version
			}
		}
	}
	return "pdfium-" + hex.EncodeToString(sum[:6]) + "-" + runtime.GOOS + "-" + runtime.GOARCH + "-" + version
}

// Compiled reports whether Compile was done for the folder.
func Compiled(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, marker()))
	return dir != "" && err == nil
}

// Compile compiles the module into the folder, which only this user may write: what is in it is run. It takes some 7
// s of a processor and 350 MiB.
func Compile(ctx context.Context, dir string) error {
	r, _, err := compile(ctx, dir)
	if err != nil {
		return err
	}
	if err := r.Close(ctx); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, marker()), nil, 0o600)
}

func compile(ctx context.Context, dir string) (wazero.Runtime, wazero.CompiledModule, error) {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, nil, err
	}
	module, err := io.ReadAll(z)
	if err != nil {
		return nil, nil, err
	}
	cache, err := wazero.NewCompilationCacheWithDir(dir)
	if err != nil {
		return nil, nil, err
	}
	r := wazero.NewRuntimeWithConfig(
		ctx,
		wazero.NewRuntimeConfig().WithCompilationCache(cache).WithMemoryLimitPages(maxMemoryPages).
			WithCoreFeatures(api.CoreFeaturesV2|experimental.CoreFeaturesExceptionHandling),
	)
	compiled, err := r.CompileModule(ctx, module)
	if err != nil {
		return nil, nil, errors.Join(err, r.Close(ctx))
	}
	return r, compiled, nil
}

// An Engine is the compiled module, ready to open documents, one after another.
type Engine struct {
	runtime  wazero.Runtime
	compiled wazero.CompiledModule
}

// Load loads what Compile left in the folder. The error is ErrNotCompiled, or the machine's.
func Load(ctx context.Context, dir string) (*Engine, error) {
	if !Compiled(dir) {
		return nil, ErrNotCompiled
	}
	r, compiled, err := compile(ctx, dir)
	if err != nil {
		return nil, err
	}
	e := &Engine{r, compiled}
	if err := e.imports(ctx); err != nil {
		return nil, errors.Join(err, r.Close(ctx))
	}
	return e, nil
}

// Close frees all, with the documents.
func (e *Engine) Close(ctx context.Context) error { return e.runtime.Close(ctx) }

// A Document is an open PDF.
type Document struct {
	ctx     context.Context //nolint:containedctx // of one call; each of the module's functions needs it
	module  api.Module
	memory  api.Memory
	calls   map[string]api.Function
	handle  uint64
	form    uint64
	scratch uint32 // for results, scratchBytes long
	stack   []uint64
	fonts   map[uint64]*font
	// Pages counts the pages.
	Pages int
	// Program, if it is set, gives the program of a font that PDFium could not load, by the font's name.
	Program func(name string) []byte
}

const scratchBytes = 4096

// Open opens a document. An empty password is tried. Errors are ErrPassword, ErrFormat, or the machine's.
func (e *Engine) Open(ctx context.Context, data []byte) (*Document, error) {
	m, err := e.runtime.InstantiateModule(
		ctx,
		e.compiled,
		wazero.NewModuleConfig().WithName("").WithStartFunctions("_initialize"),
	)
	if err != nil {
		return nil, err
	}
	d := &Document{
		ctx:    ctx,
		module: m,
		memory: m.Memory(),
		calls:  map[string]api.Function{},
		stack:  make([]uint64, 16),
		fonts:  map[uint64]*font{},
	}
	for _, name := range exports {
		if d.calls[name] = m.ExportedFunction(name); d.calls[name] == nil {
			return nil, errors.Join(fmt.Errorf("the module lacks %s", name), d.Close())
		}
	}
	if err := d.guard(func() error { return d.load(data) }); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

// imports gives the module what it asks for: files, clocks and callbacks of forms. There are no files, and the
// callbacks do nothing.
func (e *Engine) imports(ctx context.Context) error {
	if _, err := wasi_snapshot_preview1.Instantiate(ctx, e.runtime); err != nil {
		return err
	}
	env := e.runtime.NewHostModuleBuilder("env")
	for _, f := range e.compiled.ImportedFunctions() {
		module, name, _ := f.Import()
		if module != "env" {
			continue
		}
		none := func(_ context.Context, _ api.Module, stack []uint64) { clear(stack) }
		env.NewFunctionBuilder().
			WithGoModuleFunction(api.GoModuleFunc(none), f.ParamTypes(), f.ResultTypes()).
			Export(name)
	}
	_, err := env.Instantiate(ctx)
	return err
}

func (d *Document) load(data []byte) error {
	d.call("FPDF_InitLibrary")
	d.scratch = d.alloc(scratchBytes)
	at := d.alloc(uint32(len(data)))
	if !d.memory.Write(at, data) {
		return ErrFormat
	}
	d.handle = d.call("FPDF_LoadMemDocument", uint64(at), uint64(len(data)), 0)
	if d.handle == 0 {
		const password, security = 4, 5 // fpdfview.h
		if code := d.call("FPDF_GetLastError"); code == password || code == security {
			return ErrPassword
		}
		return ErrFormat
	}
	d.Pages = int(int32(d.call("FPDF_GetPageCount", d.handle)))
	const infoBytes = 256 // more than FPDF_FORMFILLINFO has in 32 bits; all callbacks are nil
	info := d.alloc(infoBytes)
	d.memory.Write(info, append([]byte{2}, make([]byte, infoBytes-1)...)) // version 2
	d.form = d.call("FPDFDOC_InitFormFillEnvironment", d.handle, uint64(info))
	return nil
}

// Close frees the memory of the document.
func (d *Document) Close() error { return d.module.Close(d.ctx) }

// A failure is a trap of the module, or what this package finds wrong in what it says.
type failure struct{ error }

// guard turns a failure of a call into an error. Behind a trap the module must not be called again.
func (d *Document) guard(f func() error) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			bad, ok := cause.(failure)
			if !ok {
				panic(cause)
			}
			err = bad.error
		}
	}()
	return f()
}

// call calls a function of the module. Its failure is a panic for guard: some hundred thousand calls read a page.
func (d *Document) call(name string, args ...uint64) uint64 {
	copy(d.stack, args)
	if err := d.calls[name].CallWithStack(d.ctx, d.stack); err != nil {
		panic(failure{fmt.Errorf("%s: %w", name, err)})
	}
	return d.stack[0]
}

func (d *Document) alloc(size uint32) uint32 {
	at := uint32(d.call("malloc", uint64(size)))
	if at == 0 {
		panic(failure{errors.New("the document needs too much memory")})
	}
	return at
}

func (d *Document) float32At(offset uint32) float64 {
	v, _ := d.memory.ReadFloat32Le(d.scratch + offset)
	return finite(float64(v))
}

func (d *Document) float64At(offset uint32) float64 {
	v, _ := d.memory.ReadFloat64Le(d.scratch + offset)
	return finite(v)
}

func (d *Document) uint32At(offset uint32) uint32 {
	v, _ := d.memory.ReadUint32Le(d.scratch + offset)
	return v
}

// finite keeps what hostile files can make of numbers out of the layout.
func finite(v float64) float64 {
	const most = 1e6 // points
	if math.IsNaN(v) || v > most || v < -most {
		return 0
	}
	return v
}

// Meta is an entry of the document's information, such as Title, Author or CreationDate; "" for none.
func (d *Document) Meta(key string) (value string) {
	_ = d.guard(func() error {
		name := d.alloc(uint32(len(key)) + 1)
		d.memory.Write(name, append([]byte(key), 0))
		n := uint32(d.call("FPDF_GetMetaText", d.handle, uint64(name), uint64(d.scratch), scratchBytes))
		value = d.utf16At(min(n, scratchBytes))
		return nil
	})
	return value
}

// utf16At is the text of n bytes in the scratch memory, with its closing zero.
func (d *Document) utf16At(n uint32) string {
	raw, ok := d.memory.Read(d.scratch, n)
	if !ok || n < 2 {
		return ""
	}
	units := make([]uint16, 0, n/2)
	for i := 0; i+3 < len(raw); i += 2 {
		units = append(units, uint16(raw[i])|uint16(raw[i+1])<<8)
	}
	return string(utf16.Decode(units))
}
