package static

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// small makes a table of two words, one stem and one bucket, in two dimensions.
func small() []byte {
	body := []byte{1, 2, 3, 4, 5, 6}
	for _, scale := range []float32{1, 0.5, 0.25} {
		body = binary.LittleEndian.AppendUint32(body, math.Float32bits(scale))
	}
	for _, n := range []uint32{1, 0, 1, 3, 5} { // the stem's row; where keys begin
		body = binary.LittleEndian.AppendUint32(body, n)
	}
	body = append(body, "abbcc"...) // "a", "bb", and the stem "cc"
	return sealed(body, 2, 2, 1, 1, 5)
}

func sealed(body []byte, head ...uint32) []byte {
	data := []byte(tableMagic)
	for _, n := range head {
		data = binary.LittleEndian.AppendUint32(data, n)
	}
	data = append(data, 0, 0, 0, 0)
	sum := sha256.Sum256(body)
	return append(append(data, sum[:]...), body...)
}

func TestReadTable(t *testing.T) {
	table, err := readTable(small())
	if err != nil {
		t.Fatal(err)
	}
	if err := table.check(small()); err != nil {
		t.Fatal(err)
	}
	for word, want := range map[string]int{"a": 0, "bb": 1, "cc": -1, "": -1, "b": -1, "zz": -1} {
		if row, ok := table.find(word); ok != (want >= 0) || ok && row != want {
			t.Errorf("%q: row %d, %v, want %d", word, row, ok, want)
		}
	}
	for stem, want := range map[string]int{"cc": 1, "a": 0, "c": -1} {
		if row, ok := table.findStem(stem); ok != (want >= 0) || ok && row != want {
			t.Errorf("stem %q: row %d, %v, want %d", stem, row, ok, want)
		}
	}
	sum := []float32{1, 1}
	table.addRow(sum, 1, 2)
	if sum[0] != 4 || sum[1] != 5 {
		t.Errorf("1, 1 and twice the row 3, 4 times .5 are %v", sum)
	}
}

// TestAddScaled: the fast way gives the bits of the plain one, whatever the length, and touches nothing behind it.
func TestAddScaled(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	for length := range 3*256 + 5 {
		plain, values := make([]float32, length+20), make([]byte, length+20)
		for i := range values {
			values[i] = byte(random.IntN(256))
			plain[i] = random.Float32()*4 - 2
		}
		fast := slices.Clone(plain)
		scale := (random.Float32() - 0.5) * float32(math.Pow(10, random.Float64()*8-6))
		addPlainly(plain[:length], values[:length], scale)
		addScaled(fast[:length], values, scale)
		if !slices.Equal(plain, fast) {
			t.Fatalf("%d values times %v have another sum", length, scale)
		}
	}
}

func TestRefusedTables(t *testing.T) {
	changed := func(at int, to ...byte) []byte {
		data := small()
		copy(data[at:], to)
		return data
	}
	for name, data := range map[string][]byte{
		"empty": nil, "another magic": changed(0, 'X'), "cut short": small()[:len(small())-1],
		"a byte too many": append(small(), 0),
		"no dimension":    changed(8, 0), "too many rows": changed(15, 0xff), "too many keys": changed(27, 0xff),
		"head alone": small()[:40],
	} {
		if _, err := readTable(data); !errors.Is(err, errTable) {
			t.Errorf("%s: %v", name, err)
		}
	}
	const scales, stemRows, starts, keys = headBytes + 6, headBytes + 18, headBytes + 22, headBytes + 38
	for name, data := range map[string][]byte{
		"another byte":     changed(headBytes, 9),
		"a key outside":    resealed(changed(starts+4, 99)),
		"keys in disorder": resealed(changed(keys, 'z')),
		"a stem of no row": resealed(changed(stemRows, 7)),
		"an endless scale": resealed(changed(scales, 0, 0, 0x80, 0x7f)),
		"a negative scale": resealed(changed(scales, 0, 0, 0x80, 0xbf)),
	} {
		table, err := readTable(data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if err := table.check(data); !errors.Is(err, errTable) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func resealed(data []byte) []byte {
	sum := sha256.Sum256(data[headBytes:])
	copy(data[32:], sum[:])
	return data
}

// FuzzReadTable: what passes the checks can be read anywhere.
func FuzzReadTable(f *testing.F) {
	f.Add(small(), "bb")
	f.Add(small()[:70], "a")
	f.Fuzz(func(t *testing.T, data []byte, word string) {
		if len(data) >= headBytes {
			data = resealed(data)
		}
		table, err := readTable(data)
		if err != nil || table.check(data) != nil {
			return
		}
		if v := table.vector(word, nil); len(v) != table.dimension {
			t.Errorf("%d dimensions, want %d", len(v), table.dimension)
		}
	})
}
