package rag

import (
	"container/list"
	"crypto/sha256"
)

// maxQuestionBytes bounds the vectors of questions that are kept: 1,300 of 1,536 values.
const maxQuestionBytes = 8 << 20

// keptQuestions are the vectors of the last questions, by a digest: what was asked is not kept.
type keptQuestions struct {
	order  *list.List // of keptQuestion, the latest first
	byText map[[sha256.Size]byte]*list.Element
	bytes  int
}

type keptQuestion struct {
	text   [sha256.Size]byte
	vector []float32
}

func newKeptQuestions() keptQuestions {
	return keptQuestions{order: list.New(), byText: map[[sha256.Size]byte]*list.Element{}}
}

// size is what a question takes in memory, roughly.
func (q keptQuestion) size() int { return 4*len(q.vector) + 3*sha256.Size + 100 }

func (k *keptQuestions) get(text string) []float32 {
	at := k.byText[sha256.Sum256([]byte(text))]
	if at == nil {
		return nil
	}
	k.order.MoveToFront(at)
	return at.Value.(keptQuestion).vector //nolint:forcetypeassert // nothing else is in the list
}

func (k *keptQuestions) put(text string, vector []float32) {
	q := keptQuestion{sha256.Sum256([]byte(text)), vector}
	if at := k.byText[q.text]; at != nil {
		k.drop(at)
	}
	k.byText[q.text] = k.order.PushFront(q)
	for k.bytes += q.size(); k.bytes > maxQuestionBytes; {
		k.drop(k.order.Back())
	}
}

func (k *keptQuestions) drop(at *list.Element) {
	q := k.order.Remove(at).(keptQuestion) //nolint:forcetypeassert // nothing else is in the list
	delete(k.byText, q.text)
	k.bytes -= q.size()
}

func (k *keptQuestions) clear() {
	k.order.Init()
	clear(k.byText)
	k.bytes = 0
}
