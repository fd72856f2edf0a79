package answers

import (
	"context"
	"crypto/sha256"
	"fmt"
	"strings"
	"time"

	"pilcrow/internal/commands"
	"pilcrow/internal/commands/access"
	"pilcrow/internal/lang"
	"pilcrow/internal/rag/ask"
)

// The same question of the same documents is answered from memory for a while. Who asked is not kept.
const (
	MaxRemembered  = 1000
	KeepRemembered = time.Hour
)

// answer asks the engine or, in a chat, remembers what it said. age is how old a remembered answer is; again tells that
// it is one.
func (t *Table) answer(ctx context.Context, v access.View, query ask.Query, in commands.Input) (a ask.Answer,
	age time.Duration,
	again bool, err error) {
	if in.From != commands.Chat {
		a, err = v.Engine.Ask(ctx, query)
		return a, 0, false, err
	}
	if a, age, again = t.given.Get(questionKey(in.Room(), v.Edition.Corpus.Digest(), query)); again {
		return a, age, true, nil
	}
	if a, err = v.Engine.Ask(ctx, query); err != nil {
		return a, 0, false, err
	}
	if len(a.Notes) == 0 { // one with a note came about in another way than it should: the next try may do better
		t.given.Put(questionKey(in.Room(), a.Edition, query), a)
	}
	return a, 0, false, nil
}

// questionKey tells questions apart, not how they are spaced or capitalized.
func questionKey(room, edition string, q ask.Query) string {
	text := strings.ToLower(commands.OneLine(q.Text))
	return fmt.Sprintf("%q %x %s %q %q %v %v", room, sha256.Sum256([]byte(q.Attached)), edition, text, q.Documents, q.Near,
		q.Without)
}

// fromMemory says so.
func fromMemory(p lang.Printer, age time.Duration) string {
	if n := int(age.Minutes()); n > 0 {
		return p.Text("From memory: the same question was asked %d minutes ago.", n)
	}
	return p.Text("From memory: the same question was asked just now.")
}
