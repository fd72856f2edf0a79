package discord

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"

	"pilcrow/internal/discordtest"
)

// A form has a field of its own for each kind of parameter, and what is filled in reaches the command as from a
// command.
func TestFormOfEveryField(t *testing.T) { synctest.Test(t, testFormOfEveryField) }
func testFormOfEveryField(t *testing.T) {
	s := fake(t, discordtest.Config{})
	table := &officeTable{}
	start(t, s, table, nil)
	ada, role := s.User("Ada"), s.AddRole(s.Guild(), "Editors")
	m := wantAnswer(t, s, ada.Slash(s.General(), "ask", discordtest.Opt("question", "all fields")), "An answer.")
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	open := func() *discordtest.Interaction {
		t.Helper()
		click := ada.Click(m.ID, "Fill in")
		form, err := click.WaitModal(ctx)
		if err != nil {
			t.Fatal(err)
		}
		var kinds []int
		for _, c := range form.Components {
			kinds = append(kinds, c.Component.Type)
		}
		if !slices.Equal(kinds, []int{discordtest.ChannelSelect, discordtest.FileUpload, discordtest.RoleSelect,
			discordtest.Checkbox}) {
			t.Errorf("%v", kinds)
		}
		return click
	}
	place := discordtest.Opt("place", string(s.General()))
	wantAnswer(t, s, ada.SubmitModal(open(), place), "every field: place "+string(s.General()))
	if in := table.last("every field"); len(in.Args) != 1 || len(in.Files) != 0 {
		t.Errorf("%+v", in)
	}
	file := discordtest.File{Name: "a.md", MediaType: "text/markdown", Data: []byte("# A\n\nB.")}
	wantAnswer(t, s, ada.SubmitModal(open(), place, discordtest.Opt("whose", string(role)),
		discordtest.Opt("thread", "true"), discordtest.OptFile("file", file)), "file a.md, place "+string(s.General())+", thread true, whose "+string(role)+
		", file holds 7 bytes")
}
