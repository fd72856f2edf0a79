package admin

import (
	"context"
	"slices"

	"pilcrow/internal/commands"
	"pilcrow/internal/commands/access"
)

func (t *Table) documentRole() commands.Command {
	return commands.Command{
		Name:    "documents role",
		Summary: "Let a role change the documents, or no longer; or show which may",
		Params: []commands.Param{
			{Name: "role", Summary: "Which role; naming one that may takes it away again", Type: commands.Role},
		},
		Only:    commands.Chat,
		Admin:   true,
		Private: true,
		Unread:  true,
		Run:     t.runRole,
	}
}

// runRole is for those who manage the server alone: whom they let in lets nobody else in.
func (t *Table) runRole(ctx context.Context, in commands.Input) (commands.Reply, error) {
	l, err := t.Keeper(in)
	if err != nil {
		return commands.Reply{}, err
	}
	roles, role := l.Managers(in.Server), in.Args["role"]
	var r commands.Reply
	if role != "" {
		if !in.Admin {
			return commands.Reply{}, commands.Refuse(in.Lang.Text("Only those who have the permission Manage Server may " +
				"decide which roles " +
				"change the documents."))
		}
		if i := slices.Index(roles, role); i >= 0 {
			roles = slices.Delete(slices.Clone(roles), i, i+1)
			r.Say(commands.Para, in.Lang.Text("This role may no longer change the documents:"))
		} else {
			roles = append(slices.Clone(roles), role)
			r.Say(commands.Para, in.Lang.Text("This role may change the documents from now on:"))
		}
		r.Blocks[0].Roles = []string{role}
		if err := l.SetManagers(ctx, in.Server, roles, access.Caller(in)); err != nil {
			return commands.Reply{}, t.Unchanged(in, err)
		}
	}
	if len(roles) == 0 {
		r.Say(commands.Small, in.Lang.Text("The documents are changed by those who have the permission Manage Server, and "+
			"by no "+
			"role."))
	} else {
		r.Say(commands.Small, in.Lang.Text("The documents are changed by those who have the permission Manage Server, and "+
			"by these "+
			"roles:"))
		r.Blocks[len(r.Blocks)-1].Roles = roles
	}
	if role == "" && in.Admin {
		r.Actions = []commands.Action{{Label: in.Lang.Text("Choose a role"), Command: "documents role", Form: true}}
	}
	r.JSON = commands.Machine(rolesJSON{append([]string{}, roles...)})
	return r, nil
}

type rolesJSON struct {
	Roles []string `json:"roles"`
}
