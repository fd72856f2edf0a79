package discord

import (
	"pilcrow/internal/commands"
	"pilcrow/internal/discord/event"
	"pilcrow/internal/followup"
)

// ask makes a call of what the message says.
func (q *question) ask(m event.Message, bot string) {
	q.command, q.input.Args, q.files, q.leftOut = askCommand, commands.Args{}, nil, nil
	q.input.Files = nil
	if asked := m.Question(bot); asked != "" {
		q.input.Args[questionParam] = asked
	}
	if file, found, leftOut := event.Attached(m.Attachments); len(m.Attachments) > 0 {
		q.leftOut = leftOut
		if found {
			q.files, q.input.Args[attachedParam] = map[string]event.File{attachedParam: file}, file.Name()
		}
	}
	if !q.point(m, bot) && len(q.input.Args) == 0 {
		q.command, q.input.Args = helpCommand, commands.Args{commands.BriefParam: "true"}
	}
}

const (
	checkCommand = "check"
	checkedParam = "text"
	pointedName  = "message.txt" // what the text that a question points at is called among its files
)

// point makes the call where the message's words point at other words: they are checked where it asks whether they are
// true, or says nothing; they belong to a question that leans on them. It tells whether it has.
func (q *question) point(m event.Message, bot string) bool {
	asked, pointed := q.input.Args[questionParam], m.PointedAt(bot)
	switch {
	case pointed == "" || len(q.files) > 0:
		return false
	case asked == "" || event.AsksWhetherTrue(asked):
		q.command, q.input.Args = checkCommand, commands.Args{checkedParam: pointed}
		return true
	case followup.Leans(asked):
		q.input.Args[attachedParam] = pointedName
		q.input.Files = map[string]commands.Upload{attachedParam: {Name: pointedName, MediaType: "text/plain",
			Data: []byte(pointed)}}
		return true
	}
	return false
}
