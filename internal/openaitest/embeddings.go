package openaitest

import (
	"encoding/json"
	"hash/fnv"
	"math"
	"net/http"
	"slices"
	"strings"
	"unicode"
)

// Dimension is how many values a vector of the server has.
const Dimension = 256

type embedding struct {
	Object    string            `json:"object"`
	Index     int               `json:"index"`
	Embedding []json.RawMessage `json:"embedding"`
}

func (s *Server) embeddings(w http.ResponseWriter, _ *http.Request, request Request, reply Reply) {
	data := make([]embedding, len(request.Input))
	for i, text := range request.Input {
		if words := strings.Fields(text); reply.Fault == CutAt100Words {
			text = strings.Join(words[:min(len(words), 100)], " ")
		}
		data[i] = embedding{Object: "embedding", Index: i, Embedding: numbers(Vector(text))}
	}
	respond(w, http.StatusOK, struct {
		Object string      `json:"object"`
		Data   []embedding `json:"data"`
		Model  string      `json:"model"`
		Usage  *usage      `json:"usage,omitempty"`
	}{"list", spoil(data, reply.Fault), request.Model, usageOf(request, "", reply.Fault)})
}

// spoil does to the vectors what the fault says.
func spoil(data []embedding, fault Fault) []embedding {
	last := &data[len(data)-1]
	switch fault {
	case OneVectorLess:
		return data[:len(data)-1]
	case OneVectorMore:
		return append(data, embedding{Object: "embedding", Index: len(data), Embedding: last.Embedding})
	case Shuffled:
		slices.Reverse(data)
	case RepeatedIndex:
		last.Index = 0
	case IndexTooLarge:
		last.Index = len(data)
	case NullValue:
		last.Embedding[7] = json.RawMessage("null")
	case StringValue:
		last.Embedding[7] = json.RawMessage(`"NaN"`)
	case HugeValue:
		last.Embedding[7] = json.RawMessage("1e300")
	case OneValueLess:
		last.Embedding = last.Embedding[1:]
	case OtherDimension:
		for i := range data {
			data[i].Embedding = data[i].Embedding[1:]
		}
	case OtherModel:
		for i := range data {
			slices.Reverse(data[i].Embedding)
		}
	case EmptyVector:
		last.Embedding = []json.RawMessage{}
	case ZeroVector:
		for i := range last.Embedding {
			last.Embedding[i] = json.RawMessage("0")
		}
	}
	return data
}

func numbers(vector []float32) []json.RawMessage {
	raw := make([]json.RawMessage, len(vector))
	for i, v := range vector {
		raw[i], _ = json.Marshal(v) // a finite number always has a JSON form
	}
	return raw
}

// Vector is the embedding of a text: its lower-cased words, hashed to a place and a sign each, scaled to length 1.
// The last place is the same for all texts, so that a text without words has a vector too.
func Vector(text string) []float32 {
	values := make([]float64, Dimension)
	values[Dimension-1] = 0.5
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	for _, word := range words {
		h := fnv.New64a()
		_, _ = h.Write([]byte(word)) // never fails
		sum := h.Sum64()
		values[sum%(Dimension-1)] += float64(1) - 2*float64(sum>>63)
	}
	norm := 0.0
	for _, v := range values {
		norm += v * v
	}
	vector := make([]float32, Dimension)
	for i, v := range values {
		vector[i] = float32(v / math.Sqrt(norm))
	}
	return vector
}
