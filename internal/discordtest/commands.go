package discordtest

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Limits of commands. Source: Discord's pages on application commands.
const (
	maxCommandName = 32
	maxDescription = 100
	maxCmdOptions  = 25
	maxChoices     = 25
	maxChoiceName  = 100
	maxChoiceValue = 100
	maxStringLimit = 6000 // of min_length and max_length
	maxCommandSum  = 8000 // characters of names, descriptions and values in one command
	maxSlash       = 100  // chat-input commands of a scope
	maxMenus       = 15   // user, and message, commands of a scope
	maxCreates     = 200  // in 24 h and a scope
)

// The types of a command.
const (
	SlashCommand   = 1
	UserCommand    = 2
	MessageCommand = 3
)

// The types of an option.
const (
	optSubcommand = 1
	optGroup      = 2
	optString     = 3
	optInteger    = 4
	optBoolean    = 5
	optUser       = 6
	optChannel    = 7
	optRole       = 8
	optNumber     = 10
	optAttachment = 11
)

// A Command is a registered command.
type Command struct {
	ID                       ID              `json:"id"`
	ApplicationID            ID              `json:"application_id"`
	GuildID                  ID              `json:"guild_id,omitempty"`
	Version                  ID              `json:"version"`
	Type                     int             `json:"type"`
	Name                     string          `json:"name"`
	NameLocalizations        json.RawMessage `json:"name_localizations,omitempty"`
	Description              string          `json:"description"`
	DescriptionLocalizations json.RawMessage `json:"description_localizations,omitempty"`
	Options                  []CommandOption `json:"options,omitempty"`
	DefaultMemberPermissions *Permissions    `json:"default_member_permissions"`
	DMPermission             *bool           `json:"dm_permission,omitempty"`
	Contexts                 []int           `json:"contexts"`
	IntegrationTypes         []int           `json:"integration_types,omitempty"`
	NSFW                     bool            `json:"nsfw"`
}

// A CommandOption is a parameter, a subcommand or a group of them.
type CommandOption struct {
	Type                     int             `json:"type"`
	Name                     string          `json:"name"`
	NameLocalizations        json.RawMessage `json:"name_localizations,omitempty"`
	Description              string          `json:"description"`
	DescriptionLocalizations json.RawMessage `json:"description_localizations,omitempty"`
	Required                 bool            `json:"required,omitempty"`
	Choices                  []CommandChoice `json:"choices,omitempty"`
	Options                  []CommandOption `json:"options,omitempty"`
	ChannelTypes             []int           `json:"channel_types,omitempty"`
	MinValue                 *float64        `json:"min_value,omitempty"`
	MaxValue                 *float64        `json:"max_value,omitempty"`
	MinLength                *int            `json:"min_length,omitempty"`
	MaxLength                *int            `json:"max_length,omitempty"`
	Autocomplete             bool            `json:"autocomplete,omitempty"`
}

// A CommandChoice is one of an option's fixed values, or an autocomplete offer; the value is a string or a number.
type CommandChoice struct {
	Name              string          `json:"name"`
	NameLocalizations json.RawMessage `json:"name_localizations,omitempty"`
	Value             json.RawMessage `json:"value"`
}

// Text is the value as people see it.
func (c CommandChoice) Text() string {
	var s string
	if json.Unmarshal(c.Value, &s) == nil {
		return s
	}
	return string(c.Value)
}

// Commands are the registered commands of a guild, or with "" the global ones, by type and name.
func (s *Server) Commands(guild ID) []Command {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := slices.Clone(s.world.commands[guild])
	slices.SortFunc(list, func(a, b Command) int { return cmp.Or(a.Type-b.Type, strings.Compare(a.Name, b.Name)) })
	return list
}

var commandName = regexp.MustCompile(`^[-_'\p{L}\p{N}\p{Devanagari}\p{Thai}]{1,32}$`)

// checkCommand holds a registration against the rules.
func checkCommand(p *problems, path string, c Command) {
	sum := 0
	switch c.Type {
	case SlashCommand:
		checkName(p, path+"name", c.Name)
		p.length(RuleCommand, path+"description", c.Description, 1, maxDescription)
	case UserCommand, MessageCommand:
		p.length(RuleCommand, path+"name", c.Name, 1, maxCommandName)
		p.length(RuleCommand, path+"description", c.Description, 0, 0)
		p.count(RuleCommand, path+"options", len(c.Options), 0, 0)
	default:
		p.add(RuleCommand, path+"type", "BASE_TYPE_CHOICES", fmt.Sprint(c.Type), "1, 2 or 3")
	}
	checkPlaces(p, path, c)
	checkLocales(p, path+"name_localizations", c.NameLocalizations, maxCommandName, c.Type == SlashCommand)
	checkLocales(p, path+"description_localizations", c.DescriptionLocalizations, maxDescription, false)
	sum += longest(c.Name, c.NameLocalizations) + longest(c.Description, c.DescriptionLocalizations)
	checkOptions(p, path+"options", c.Options, 0, &sum)
	if sum > maxCommandSum {
		p.add(RuleCommand, path+"options", "APPLICATION_COMMAND_TOO_LARGE",
			fmt.Sprint(sum, " characters"), fmt.Sprint(maxCommandSum))
	}
}

// checkOptions goes down through groups (depth 0) and subcommands (depth at most 1).
func checkOptions(p *problems, path string, options []CommandOption, depth int, sum *int) {
	p.count(RuleCommand, path, len(options), 0, maxCmdOptions)
	names := map[string]bool{}
	optional, nested := false, 0
	for i, o := range options {
		at := fmt.Sprintf("%s.%d.", path, i)
		checkName(p, at+"name", o.Name)
		if names[o.Name] {
			p.add(RuleCommand, at+"name", "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", o.Name, "unique")
		}
		names[o.Name] = true
		p.length(RuleCommand, at+"description", o.Description, 1, maxDescription)
		checkLocales(p, at+"name_localizations", o.NameLocalizations, maxCommandName, true)
		checkLocales(p, at+"description_localizations", o.DescriptionLocalizations, maxDescription, false)
		*sum += longest(o.Name, o.NameLocalizations) + longest(o.Description, o.DescriptionLocalizations)
		if o.Required && optional {
			p.add(RuleCommand, at+"required", "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
				"behind an optional one", "required options first")
		}
		optional = optional || !o.Required
		switch {
		case o.Type == optGroup && depth > 0 || o.Type == optSubcommand && depth > 1,
			o.Type < optSubcommand, o.Type > optAttachment:
			p.add(RuleCommand, at+"type", "BASE_TYPE_CHOICES", fmt.Sprint(o.Type), "a type that may stand here")
		case o.Type == optGroup || o.Type == optSubcommand:
			nested++
			checkOptions(p, at+"options", o.Options, depth+o.Type%optGroup+1, sum)
		default:
			checkValues(p, at, o, sum)
		}
	}
	var typed []named
	for _, o := range options {
		typed = append(typed, named{o.Name, o.NameLocalizations})
	}
	checkUnique(p, path+".", typed)
	if nested > 0 && nested < len(options) {
		p.add(RuleCommand, path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "subcommands beside options", "one kind")
	}
}

// checkValues looks at what an option takes.
func checkValues(p *problems, at string, o CommandOption, sum *int) {
	p.count(RuleCommand, at+"choices", len(o.Choices), 0, maxChoices)
	for j, ch := range o.Choices {
		path := fmt.Sprintf("%schoices.%d.", at, j)
		checkChoice(p, RuleCommand, path, ch, o.Type)
		checkLocales(p, path+"name_localizations", ch.NameLocalizations, maxChoiceName, false)
		*sum += longest(ch.Name, ch.NameLocalizations) + utf8.RuneCountInString(ch.Text())
	}
	checkKind(p, at, o)
	if o.Autocomplete && (len(o.Choices) > 0 || !slices.Contains([]int{optString, optInteger, optNumber}, o.Type)) {
		p.add(RuleCommand, at+"autocomplete", "APPLICATION_COMMAND_AUTOCOMPLETE_INVALID",
			"set", "for text and numbers without choices")
	}
	low, high := 0, maxStringLimit
	if o.MinLength != nil {
		low = *o.MinLength
		p.count(RuleCommand, at+"min_length", low, 0, maxStringLimit)
	}
	if o.MaxLength != nil {
		high = *o.MaxLength
		p.count(RuleCommand, at+"max_length", high, 1, maxStringLimit)
	}
	if low > high {
		p.add(RuleCommand, at+"min_length", "APPLICATION_COMMAND_OPTION_LENGTH_INVALID",
			fmt.Sprint(low), fmt.Sprint("at most max_length ", high))
	}
}

// checkChoice holds a choice or an autocomplete offer against the rules.
func checkChoice(p *problems, rule Rule, path string, c CommandChoice, kind int) {
	p.length(rule, path+"name", c.Name, 1, maxChoiceName)
	quoted := len(c.Value) > 0 && c.Value[0] == '"'
	if quoted != (kind == optString) || len(c.Value) == 0 || string(c.Value) == "null" {
		p.add(rule, path+"value", "BASE_TYPE_BAD_TYPE", string(c.Value), fmt.Sprint("a value for an option of type ", kind))
	}
	if quoted {
		p.length(rule, path+"value", c.Text(), 1, maxChoiceValue)
	}
}

// scope is the guild of a call, "" for the global commands, or a refusal.
func (s *Server) scope(c *call) (ID, *reply) {
	g, guilded := c.vars["guild"]
	if c.vars["app"] != s.world.app || guilded && s.world.guild(g) == nil {
		out := refusal(http.StatusForbidden, codeAccess, "Missing Access")
		return "", &out
	}
	return g, nil
}

func (s *Server) listCommands(c *call) reply {
	g, refused := s.scope(c)
	if refused != nil {
		return *refused
	}
	list := slices.Clone(s.world.commands[g])
	if c.query.Get("with_localizations") != "true" {
		withoutLocales(list)
	}
	return ok(encode(orEmpty(list)))
}

func (s *Server) putCommands(c *call) reply {
	g, refused := s.scope(c)
	if refused != nil {
		return *refused
	}
	list, refused := decode[[]Command](s, c)
	if refused != nil {
		return *refused
	}
	if refused := s.register(c, g, list); refused != nil {
		return *refused
	}
	return ok(encode(orEmpty(s.world.commands[g])))
}

// register replaces a scope's commands if the list keeps the rules. The caller holds s.mu.
func (s *Server) register(c *call, g ID, list []Command) *reply {
	p := &problems{}
	counts, seen, created := map[int]int{}, map[string]bool{}, 0
	var typed []named
	for i := range list {
		if list[i].Type == 0 {
			list[i].Type = SlashCommand
		}
		cmd := list[i]
		checkCommand(p, fmt.Sprintf("%d.", i), cmd)
		counts[cmd.Type]++
		key := fmt.Sprint(cmd.Type, " ", cmd.Name)
		if seen[key] {
			p.add(RuleCommand, fmt.Sprintf("%d.name", i), "APPLICATION_COMMANDS_DUPLICATE_NAME", cmd.Name, "unique")
		}
		seen[key] = true
		if cmd.Type == SlashCommand {
			typed = append(typed, named{cmd.Name, cmd.NameLocalizations})
		}
	}
	checkUnique(p, "", typed)
	for _, kind := range slices.Sorted(maps.Keys(counts)) {
		high := maxMenus
		if kind == SlashCommand {
			high = maxSlash
		}
		p.count(RuleCommand, fmt.Sprint("commands of type ", kind), counts[kind], 0, high)
	}
	if refused := s.refuse(c, p); refused != nil {
		return refused
	}
	old := s.world.commands[g]
	for i := range list {
		list[i].ApplicationID, list[i].GuildID, list[i].ID = s.world.app, g, ""
		for _, o := range old {
			if o.Type == list[i].Type && o.Name == list[i].Name {
				list[i].ID = o.ID
			}
		}
		list[i].Version = s.newID()
		if list[i].ID == "" {
			list[i].ID = s.newID()
			created++
		}
	}
	day := c.now.Add(-24 * time.Hour)
	writes := keepSince(s.world.writes[g], day)
	if len(writes)+created > maxCreates {
		n := fmt.Sprint(len(writes) + created)
		s.breach(Breach{RuleCommand, c.where, "commands created in 24 h", n, fmt.Sprint(maxCreates)})
		out := refusal(http.StatusTooManyRequests, codeTooManyCommands,
			"Max number of daily application command creates has been reached (200)")
		return &out
	}
	for range created {
		writes = append(writes, c.now)
	}
	s.world.writes[g] = writes
	s.world.commands[g] = list
	return nil
}

func (s *Server) createCommand(c *call) reply {
	g, refused := s.scope(c)
	if refused != nil {
		return *refused
	}
	cmd, refused := decode[Command](s, c)
	if refused != nil {
		return *refused
	}
	if cmd.Type == 0 {
		cmd.Type = SlashCommand
	}
	list := slices.Clone(s.world.commands[g])
	at := slices.IndexFunc(list, func(o Command) bool { return o.Type == cmd.Type && o.Name == cmd.Name })
	status := http.StatusOK
	if at < 0 {
		list, at, status = append(list, cmd), len(list), http.StatusCreated
	} else {
		list[at] = cmd
	}
	if refused := s.register(c, g, list); refused != nil {
		return *refused
	}
	return reply{status: status, body: encode(s.world.commands[g][at])}
}

// command is the one of a call and its place in its scope.
func (s *Server) command(c *call) (ID, int, *reply) {
	g, refused := s.scope(c)
	if refused != nil {
		return g, 0, refused
	}
	at := slices.IndexFunc(s.world.commands[g], func(o Command) bool { return o.ID == c.vars["command"] })
	if at < 0 {
		out := refusal(http.StatusNotFound, codeUnknownCommand, "Unknown application command")
		return g, 0, &out
	}
	return g, at, nil
}

func (s *Server) getCommand(c *call) reply {
	g, at, refused := s.command(c)
	if refused != nil {
		return *refused
	}
	return ok(encode(s.world.commands[g][at]))
}

func (s *Server) patchCommand(c *call) reply {
	g, at, refused := s.command(c)
	if refused != nil {
		return *refused
	}
	list := slices.Clone(s.world.commands[g])
	if err := json.Unmarshal(c.form.json, &list[at]); err != nil {
		return refusal(http.StatusBadRequest, codeBadJSON, "The request body contains invalid JSON.")
	}
	if refused := s.register(c, g, list); refused != nil {
		return *refused
	}
	return ok(encode(s.world.commands[g][at]))
}

func (s *Server) deleteCommand(c *call) reply {
	g, at, refused := s.command(c)
	if refused != nil {
		return *refused
	}
	s.world.commands[g] = slices.Delete(slices.Clone(s.world.commands[g]), at, at+1)
	return noContent
}
