package feedback

import (
	"strconv"
	"strings"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/commands/paragraph"
	"pilcrow/internal/store"
)

// What people say of answers and of what they did not find is stored, with their consent, for those who manage their
// server. In a private conversation there is nobody to tell, and in a terminal no chat.

const (
	maxUnanswered  = 1_000     // questions asked in vain that may still be told to the admins
	keepUnanswered = time.Hour // for so long

	questionsParam = "questions" // ids of stored questions
	maxIDRunes     = 90          // of that parameter
)

// Commands are the rows by which people say what they think of answers, and what they miss.
func (t *Table) Commands() []commands.Command {
	return []commands.Command{t.gaps(), t.vote(), t.tell(), t.wish(), t.untell(), t.dismiss(), t.answerGap(), t.forget()}
}

// listens tells whether what the person says can be stored.
func (t *Table) listens(in commands.Input) bool {
	return t.People != nil && in.From == commands.Chat && in.Server != "" && in.Person != ""
}

// askerKey names a question as one person asked it in a server. Nobody can tell the person from it.
func (t *Table) askerKey(in commands.Input, edition, question string) string {
	return t.People.AnswerKey(in.Server+" "+in.Person, edition, question)
}

// writeIDs writes the ids of stored questions to base 36, as "1z.20": as many of them as there is room for.
func writeIDs(ids []int64, room int) string {
	var b strings.Builder
	for _, id := range ids {
		next := strconv.FormatInt(id, 36)
		if b.Len() > 0 {
			next = "." + next
		}
		if b.Len()+len(next) > room {
			break
		}
		b.WriteString(next)
	}
	return b.String()
}

// readIDs reads what writeIDs wrote. What is no id is left out: it comes from outside.
func readIDs(written string) []int64 {
	var ids []int64
	for part := range strings.SplitSeq(written, ".") {
		if id, err := strconv.ParseInt(part, 36, 64); err == nil && id > 0 {
			ids = append(ids, id)
		}
	}
	return ids
}

// idAction offers a command for stored questions.
func idAction(label, command string, ids ...int64) commands.Action {
	a := commands.Action{Label: label, Command: command, Args: commands.Args{}}
	paragraph.Carry(a, questionsParam, writeIDs(ids, min(a.Room(questionsParam), maxIDRunes)))
	return a
}

func idParam() commands.Param {
	return commands.Param{Name: questionsParam, Summary: "Which questions", Type: commands.Text, Required: true,
		MaxRunes: maxIDRunes}
}

// oneID is the id of the one question that a call names.
func oneID(args commands.Args) int64 {
	if ids := readIDs(args[questionsParam]); len(ids) > 0 {
		return ids[0]
	}
	return 0
}

// marksOf are marks of the paragraphs' texts, by which they are known again after they moved.
func marksOf(passages []article.Passage) []string {
	marks := make([]string, len(passages))
	for i, p := range passages {
		marks[i] = paragraph.TextMark(p.Text)
	}
	return marks
}

// KeepDays is how long votes and questions are kept: a test holds them together.
const KeepDays = store.KeepGaps
