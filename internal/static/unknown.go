package static

import (
	"math"
	"unicode/utf8"
)

// A word without a row is read by its letters: the mean of the rows of its hashed character n-grams, which were fitted
// so that the words of the table are near what their own letters say.
const (
	shortestGram = 3
	longestGram  = 5
)

// scatterWeight is how much a word of a script that the table does not know weighs beside the table's words, whose rows
// are about as long as this where they are telling.
const scatterWeight = 0.5

// addUnknown adds what the letters of a word say. Only Latin letters were fitted; of other scripts each n-gram has a
// direction of its own, so that words which share letters are near each other, and no others are.
func (t *table) addUnknown(sum []float32, word string) {
	if t.buckets == 0 || !latin(word) {
		scatter(sum, word)
		return
	}
	n := 0
	for range grams(word) {
		n++
	}
	for hash := range grams(word) {
		t.addRow(sum, t.words+int(hash%uint32(t.buckets)), 1/float32(n)) //nolint:gosec // buckets are at most maxRows
	}
}

func latin(word string) bool {
	for i := range len(word) {
		if c := word[i]; (c < 'a' || c > 'z') && c != '\'' && c != '.' {
			return false
		}
	}
	return true
}

// grams yields the FNV-1a hash of each n-gram of "<word>", in bytes: the shortest first at each place.
func grams(word string) func(func(uint32) bool) {
	return func(yield func(uint32) bool) {
		marked := "<" + word + ">"
		for at := range len(marked) - shortestGram + 1 {
			hash := uint32(fnvOffset)
			for n := 1; n <= longestGram && at+n <= len(marked); n++ {
				hash = (hash ^ uint32(marked[at+n-1])) * fnvPrime
				if n >= shortestGram && !yield(hash) {
					return
				}
			}
		}
	}
}

// http://www.isthe.com/chongo/tech/comp/fnv/
const (
	fnvOffset = 2166136261
	fnvPrime  = 16777619
)

// scatter adds a direction for the whole word and one for each of its runs of three characters.
func scatter(sum []float32, word string) {
	n := utf8.RuneCountInString(word)
	weight := float32(scatterWeight) / float32(max(n-1, 1))
	addDirection(sum, word, weight)
	starts := make([]int, 0, n+1)
	for i := range word {
		starts = append(starts, i)
	}
	starts = append(starts, len(word))
	for i := 0; i+3 < len(starts); i++ {
		addDirection(sum, word[starts[i]:starts[i+3]], weight)
	}
}

// addDirection adds a vector of the length of the weight whose signs come from a hash of the text (SplitMix64,
// https://prng.di.unimi.it/splitmix64.c).
func addDirection(sum []float32, text string, weight float32) {
	state := uint64(14695981039346656037)
	for i := range len(text) {
		state = (state ^ uint64(text[i])) * 1099511628211
	}
	step := weight / sqrt32(len(sum))
	var bits uint64
	for i := range sum {
		if i%64 == 0 {
			state += 0x9e3779b97f4a7c15
			bits = (state ^ state>>30) * 0xbf58476d1ce4e5b9
			bits = (bits ^ bits>>27) * 0x94d049bb133111eb
			bits ^= bits >> 31
		}
		if bits&1 == 0 {
			sum[i] += step
		} else {
			sum[i] -= step
		}
		bits >>= 1
	}
}

func sqrt32(n int) float32 { return float32(math.Sqrt(float64(n))) }
