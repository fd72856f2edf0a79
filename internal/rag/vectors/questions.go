package vectors

import (
	"crypto/sha256"

	"pilcrow/internal/recent"
)

// maxQuestionBytes bounds the vectors of questions that are kept: 1,300 of 1,536 values.
const maxQuestionBytes = 8 << 20

// keptQuestions are the vectors of the last questions, by a digest: what was asked is not kept.
type keptQuestions = recent.Cache[[sha256.Size]byte, []float32]

func newKeptQuestions() *keptQuestions {
	return recent.New[[sha256.Size]byte](recent.Config[[]float32]{Bytes: maxQuestionBytes, Size: questionBytes})
}

// questionBytes is what a question takes in memory, roughly.
func questionBytes(vector []float32) int64 { return int64(4*len(vector) + 3*sha256.Size + 100) }

// questionKey is what a question is kept by.
func questionKey(text string) [sha256.Size]byte { return sha256.Sum256([]byte(text)) }
