package feedback

import (
	"context"
	"slices"
	"time"

	"pilcrow/internal/commands"
	"pilcrow/internal/commands/admin"
	"pilcrow/internal/intake"
	"pilcrow/internal/library"
	"pilcrow/internal/store"
)

const maxAnswerText = 4_000 // characters: as long as a field of a form takes

// answerGap takes what answers a question from a form, and shows the document that it would make: the same preview as
// for any document.
func (t *Table) answerGap() commands.Command {
	return commands.Command{
		Name:    "answer",
		Summary: "Add what answers this question",
		Params: []commands.Param{
			idParam(),
			{Name: "content", Summary: "The answer as people should read it: it becomes a document", Type: commands.Text,
				MaxRunes: maxAnswerText},
			{Name: "file", Summary: "Or a file that answers it", Type: commands.Attachment},
			{Name: "address", Summary: "Or the address of a page that answers it: https://…", Type: commands.Text,
				Line: true, MaxRunes: admin.MaxAddressRunes},
			{Name: "title", Summary: "A title; without one, the question", Type: commands.Text, MaxRunes: admin.MaxDocTitle},
			{Name: "published", Summary: "The day it was published, such as 2024-03-05", Type: commands.Text,
				MaxRunes: 2 * len(time.DateOnly)},
		},
		Only:    commands.Button,
		Admin:   true,
		Private: true,
		Timeout: admin.ProposeTimeout,
		Run:     t.runAnswerGap,
	}
}

func (t *Table) runAnswerGap(ctx context.Context, in commands.Input) (commands.Reply, error) {
	if !t.listens(in) {
		return commands.Reply{}, commands.Refuse(in.Lang.Text("Questions are kept for servers alone: use this in yours."))
	}
	gaps, err := t.People.Gaps(ctx, in.Server)
	if err != nil {
		return commands.Reply{}, err
	}
	id := oneID(in.Args)
	i := slices.IndexFunc(gaps, func(g store.Gap) bool { return g.ID == id })
	if i < 0 {
		return commands.Reply{}, commands.Refuse(in.Lang.Text("That question is no longer kept: it may be answered by now."))
	}
	content, address := in.Args["content"], in.Args["address"]
	upload, sent := in.Files["file"]
	r := library.Request{Address: address, Title: in.Args["title"]}
	switch {
	case content != "" && address != "", sent && content+address != "":
		return commands.Reply{}, commands.Refuse(in.Lang.Text("Give one of the three: an answer, a file or an address."))
	case content == "" && address == "" && !sent:
		return commands.Reply{}, commands.Refuse(in.Lang.Text("Write the answer, or give a file or the address of a page " +
			"that has it."))
	case sent:
		r.File = &intake.File{Name: upload.Name, MediaType: upload.MediaType, Data: upload.Data}
	case address != "" && !intake.IsAddress(address):
		return commands.Reply{}, commands.Refuse(in.Lang.Text("That is no address: want one such as " +
			"https://example.org/article."))
	case content != "":
		if r.Title == "" {
			r.Title = commands.Clip(commands.OneLine(gaps[i].Question), admin.MaxDocTitle)
		}
		r.File = &intake.File{Name: "answer.md", MediaType: "text/markdown", Data: []byte(content + "\n")}
	}
	if r.Published, err = admin.GivenDay(in); err != nil {
		return commands.Reply{}, err
	}
	return t.admin.ProposeDocument(ctx, in, r)
}
