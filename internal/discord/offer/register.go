package offer

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"

	"pilcrow/internal/commands"
	"pilcrow/internal/discord/render"
	"pilcrow/internal/discord/rest"
)

const registerWait = time.Minute // ours: between two attempts, and for one

// A Registrar keeps Discord's list of commands up to date.
type Registrar struct {
	client *rest.Client
	logger *slog.Logger
	table  func() []commands.Command
	named  atomic.Pointer[map[string]string] // ids of commands, see know
}

// NewRegistrar makes one; nothing is sent before register.
func NewRegistrar(client *rest.Client, logger *slog.Logger, table func() []commands.Command) *Registrar {
	return &Registrar{client: client, logger: logger, table: table}
}

// Register brings Discord's list of commands up to date, and tries again later if that fails for now.
func (r *Registrar) Register(ctx context.Context, application string) {
	for {
		limited, cancel := context.WithTimeout(ctx, registerWait)
		err := r.registerOnce(limited, application)
		cancel()
		if err == nil || ctx.Err() != nil {
			return
		}
		r.client.Log("register the commands", err)
		if e, ok := errors.AsType[*rest.Error](err); ok && e.Status == http.StatusBadRequest {
			return // our fault: it would be refused again
		}
		if rest.Sleep(ctx, registerWait) != nil {
			return
		}
	}
}

// registerOnce replaces all commands by one request, only if they differ: Discord limits how many may be made in a day.
func (r *Registrar) registerOnce(ctx context.Context, application string) error {
	path := "/applications/" + application + "/commands"
	answer, err := r.client.Do(ctx, rest.Request{What: "read the registered commands", Method: http.MethodGet,
		Path: path + "?with_localizations=true"})
	if err != nil {
		return err
	}
	var there []wireCommand
	if json.Unmarshal(answer, &there) != nil {
		there = nil // not what we have registered
	}
	wanted, problems := registration(r.table())
	for _, problem := range problems {
		r.client.Log("register the commands", problem)
	}
	if reflect.DeepEqual(essence(there), essence(wanted)) {
		r.know(there)
		return nil
	}
	data, err := json.Marshal(wanted)
	if err != nil {
		return fmt.Errorf("register the commands: %w", err)
	}
	answer, err = r.client.Do(ctx, rest.Request{What: "register the commands", Method: http.MethodPut, Path: path,
		Data: data})
	if err == nil {
		var made []wireCommand
		if json.Unmarshal(answer, &made) == nil {
			r.know(made)
		}
		r.logger.Info("registered the commands", "commands", len(wanted))
	}
	return err
}

// know keeps the ids under which Discord knows the commands, to name them so that one press begins them.
func (r *Registrar) know(list []wireCommand) {
	ids := map[string]string{}
	for _, c := range list {
		if c.Type <= int(discordgo.ChatApplicationCommand) && c.ID != "" && len(c.ID) <= render.MaxSnowflake &&
			strings.Trim(c.ID, "0123456789") == "" {
			ids[c.Name] = c.ID
		}
	}
	r.named.Store(&ids)
}

// IDs are the ids of the commands by name; nil as long as they are not known.
func (r *Registrar) IDs() map[string]string {
	if ids := r.named.Load(); ids != nil {
		return *ids
	}
	return nil
}

// essence makes lists of commands comparable, whatever their order and whatever Discord writes for what we leave out.
func essence(list []wireCommand) []wireCommand {
	out := slices.Clone(list)
	for i := range out {
		c := &out[i]
		c.ID = ""
		c.Type = max(c.Type, int(discordgo.ChatApplicationCommand))
		c.Contexts, c.Installs = slices.Sorted(slices.Values(c.Contexts)), slices.Sorted(slices.Values(c.Installs))
		c.Names, c.Descriptions = given(c.Names), given(c.Descriptions)
		if c.Permissions = bytes.Trim(c.Permissions, `"`); len(c.Permissions) == 0 {
			c.Permissions = json.RawMessage("null")
		}
		c.Options = essentials(c.Options)
	}
	slices.SortFunc(out, func(a, b wireCommand) int { return cmp.Or(a.Type-b.Type, strings.Compare(a.Name, b.Name)) })
	return out
}

func essentials(options []wireOption) []wireOption {
	out := slices.Clone(options)
	for i := range out {
		o := &out[i]
		o.ChannelTypes = slices.Sorted(slices.Values(o.ChannelTypes))
		o.Names, o.Descriptions = given(o.Names), given(o.Descriptions)
		o.Choices = append([]wireChoice(nil), o.Choices...)
		for j := range o.Choices {
			o.Choices[j].Names = given(o.Choices[j].Names)
		}
		o.Options = essentials(o.Options)
	}
	return append([]wireOption(nil), out...)
}

// given makes no translations and none given the same.
func given(m map[string]string) map[string]string {
	if len(m) == 0 {
		return nil
	}
	return m
}
