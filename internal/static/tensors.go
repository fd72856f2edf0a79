package static

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
)

// maxTensorHeader is what the reference implementation takes (https://github.com/huggingface/safetensors): 100 MB; ours
// describe three.
const maxTensorHeader = 1 << 20

var errModel = errors.New("not a model that can be used")

// A tensor is a matrix in a safetensors file: its rows are read when they are needed, so that a large model takes no
// memory.
type tensor struct {
	file    io.ReaderAt
	kind    string // F32, F16, F64, I8, I32, I64
	rows    int
	columns int // 1 for a list
	start   int64
}

var tensorBytes = map[string]int{"F64": 8, "I64": 8, "F32": 4, "I32": 4, "F16": 2, "BF16": 2, "I8": 1}

// readTensors reads the header of a safetensors file of the size: eight bytes of length, JSON, then the values.
func readTensors(file io.ReaderAt, size int64) (map[string]tensor, error) {
	var head [8]byte
	if _, err := file.ReadAt(head[:], 0); err != nil {
		return nil, fmt.Errorf("%w: the safetensors file is cut short", errModel)
	}
	length := binary.LittleEndian.Uint64(head[:])
	if length > maxTensorHeader || int64(length)+8 > size {
		return nil, fmt.Errorf("%w: the safetensors file has a header of %d bytes", errModel, length)
	}
	text := make([]byte, length)
	if _, err := file.ReadAt(text, 8); err != nil {
		return nil, fmt.Errorf("read the header of the safetensors file: %w", err)
	}
	var entries map[string]json.RawMessage
	if err := json.Unmarshal(text, &entries); err != nil {
		return nil, fmt.Errorf("%w: the header of the safetensors file: %w", errModel, err)
	}
	tensors := map[string]tensor{}
	for name, raw := range entries {
		if name == "__metadata__" {
			continue
		}
		var e struct {
			Dtype   string
			Shape   []int
			Offsets [2]int64 `json:"data_offsets"`
		}
		if err := json.Unmarshal(raw, &e); err != nil {
			return nil, fmt.Errorf("%w: the tensor %q: %w", errModel, name, err)
		}
		width, known := tensorBytes[e.Dtype]
		if !known || len(e.Shape) < 1 || len(e.Shape) > 2 {
			continue // not one of ours
		}
		t := tensor{file: file, kind: e.Dtype, rows: e.Shape[0], columns: 1, start: 8 + int64(length) + e.Offsets[0]}
		if len(e.Shape) == 2 {
			t.columns = e.Shape[1]
		}
		if t.rows < 0 || t.columns < 1 || t.rows > 1<<24 || t.columns > 1<<14 || e.Offsets[0] < 0 ||
			e.Offsets[1]-e.Offsets[0] != int64(t.rows)*int64(t.columns)*int64(width) || 8+int64(length)+e.Offsets[1] > size {
			return nil, fmt.Errorf("%w: the tensor %q does not fit the file", errModel, name)
		}
		tensors[name] = t
	}
	return tensors, nil
}

// row reads a row into values, with a buffer that is grown as needed.
func (t *tensor) row(i int, values []float64, buffer []byte) ([]byte, error) {
	if i < 0 || i >= t.rows {
		return buffer, fmt.Errorf("%w: there is no row %d", errModel, i)
	}
	width := tensorBytes[t.kind]
	size := width * t.columns
	if cap(buffer) < size {
		buffer = make([]byte, size)
	}
	buffer = buffer[:size]
	if _, err := t.file.ReadAt(buffer, t.start+int64(i)*int64(size)); err != nil {
		return buffer, fmt.Errorf("read row %d of the model: %w", i, err)
	}
	for k := range values {
		values[k] = number(t.kind, buffer[k*width:])
	}
	return buffer, nil
}

// column reads a list whole.
func (t *tensor) column() ([]float64, error) {
	list := make([]float64, t.rows)
	whole := tensor{file: t.file, kind: t.kind, rows: 1, columns: t.rows * t.columns, start: t.start}
	_, err := whole.row(0, list, nil)
	return list, err
}

func number(kind string, b []byte) float64 {
	switch kind {
	case "F64":
		return math.Float64frombits(binary.LittleEndian.Uint64(b))
	case "F32":
		return float64(math.Float32frombits(binary.LittleEndian.Uint32(b)))
	case "F16":
		return half(binary.LittleEndian.Uint16(b))
	case "BF16":
		return float64(math.Float32frombits(uint32(binary.LittleEndian.Uint16(b)) << 16))
	case "I64":
		return float64(int64(binary.LittleEndian.Uint64(b))) //nolint:gosec // two's complement
	case "I32":
		return float64(int32(binary.LittleEndian.Uint32(b))) //nolint:gosec // two's complement
	}
	return float64(int8(b[0]))
}

// half reads an IEEE 754 binary16.
func half(bits uint16) float64 {
	sign, exponent, fraction := bits>>15, int(bits>>10&0x1f), float64(bits&0x3ff)
	var value float64
	switch exponent {
	case 0:
		value = math.Ldexp(fraction, -24)
	case 0x1f:
		value = math.Inf(1)
		if fraction != 0 {
			value = math.NaN()
		}
	default:
		value = math.Ldexp(1024+fraction, exponent-25)
	}
	if sign == 1 {
		value = -value
	}
	return value
}
