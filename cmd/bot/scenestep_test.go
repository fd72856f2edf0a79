package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"pilcrow/internal/discordtest"
	"pilcrow/internal/openaitest"
)

// What people do: who, perhaps where, and what.
var (
	stepForm = regexp.MustCompile(`^(\w+)(?: in ([^:]+?))??(?: with ([\w.-]+))?(: | replies: | uses | types | clicks |` +
		` chooses | sends the form| picks | opens a thread | changes it to: | deletes it)(.*)$`)
	menuForm = regexp.MustCompile(`^“(.+)” on (\w+)'s message$`)
	optForm  = regexp.MustCompile(`(?:^| )([a-z]+): `)
)

// act is a step of a person's. It tells whether something must be seen to come of it; one that ends in "(no answer)"
// must be followed by nothing, and one that ends in "(meanwhile)" by something that the next step does not wait for the
// end of.
func (s *scene) act(step string) (awaited bool) {
	s.t.Helper()
	step, mute := strings.CutSuffix(step, " (no answer)")
	step, s.early = strings.CutSuffix(step, " (meanwhile)")
	m := stepForm.FindStringSubmatch(step)
	if m == nil {
		s.t.Fatalf("not a step: %s", step)
	}
	who, rest := s.discord.User(m[1]), strings.ReplaceAll(m[5], `\n`, "\n")
	if post := strings.HasPrefix(m[2], "forum ") && s.places[m[2]] == ""; m[2] != "" && !post {
		s.here = s.place(who, m[2])
	}
	switch m[4] {
	case ": ":
		if title, post := strings.CutPrefix(m[2], "forum "); post && s.places[m[2]] == "" {
			s.post(who, title, s.mentions(rest))
			return !mute
		}
		s.say(who, discordtest.Draft{Channel: s.here, Text: s.mentions(rest), Files: s.sent(m[3])})
		return !mute
	case " replies: ":
		s.say(who, discordtest.Draft{Channel: s.here, Text: s.mentions(rest), Files: s.sent(m[3]),
			ReplyTo: s.shown(who, "").ID})
	case " uses ":
		command, opts := s.options(strings.TrimPrefix(rest, "/"))
		s.began(who.Slash(s.here, command, opts...))
	case " types ":
		s.types(who, strings.TrimPrefix(rest, "/"))
		return false
	case " clicks ":
		s.began(who.Click(s.shown(who, rest).ID, strings.Trim(rest, "[]")))
	case " chooses ":
		option, menu, _ := strings.Cut(rest, " from ")
		s.began(who.Choose(s.shown(who, menu).ID, strings.Trim(menu, "[]"), option))
	case " sends the form":
		_, opts := s.options(strings.TrimPrefix(rest, " "))
		s.began(who.SubmitModal(s.form, opts...))
	case " picks ":
		p := menuForm.FindStringSubmatch(rest)
		if p == nil {
			s.t.Fatalf("not a choice in a menu: %s", rest)
		}
		s.began(who.MessageMenu(p[1], s.said[p[2]]))
	case " opens a thread ":
		s.here = who.OpenThreadFrom(s.shown(who, "").ID, strings.Trim(rest, "“”"))
		return false
	case " changes it to: ":
		who.Edit(s.said[who.Name()], s.mentions(rest))
	case " deletes it":
		who.Delete(s.said[who.Name()])
	}
	return !mute
}

func (s *scene) say(who *discordtest.Person, d discordtest.Draft) {
	s.last = who.Post(d)
	s.said[who.Name()] = s.last
}

// post makes a post in a forum, with its first message.
func (s *scene) post(who *discordtest.Person, title, text string) {
	forum := s.discord.AddPlace(s.discord.Guild(), discordtest.GuildForum, "forum")
	s.here = who.PostInForum(forum, title, text)
	s.places["forum "+title], s.last, s.said[who.Name()] = s.here, s.here, s.here
}

// began notes what a person used; what the person's own client refuses is all that is seen of it.
func (s *scene) began(it *discordtest.Interaction) {
	s.t.Helper()
	if it.Err() != nil {
		s.t.Errorf("it cannot be done: %v", it.Err())
		return
	}
	s.form = it
}

func (s *scene) mentions(text string) string {
	text = strings.ReplaceAll(text, "@Pilcrow", "<@"+string(s.discord.BotID())+">")
	for _, name := range []string{"Bert", "Ada"} {
		text = strings.ReplaceAll(text, "@"+name, "<@"+string(s.discord.User(name).ID())+">")
	}
	return text
}

// sent are the files of a message.
func (s *scene) sent(name string) []discordtest.File {
	if name == "" {
		return nil
	}
	return []discordtest.File{s.file(name)}
}

func (s *scene) file(name string) discordtest.File {
	s.t.Helper()
	data, found := s.files[name]
	if !found {
		s.t.Fatalf("the scene has no file %s", name)
	}
	kinds := map[string]string{".md": "text/markdown", ".txt": "text/plain", ".png": "image/png"}
	return discordtest.File{Name: name, MediaType: kinds[filepath.Ext(name)], Data: data}
}

// place finds a room by its name: "#general", "thread questions", "the thread of Ada", that begins with what she said
// last before, "voice lounge", "private", "Elsewhere" for a server that the bot is in, "abroad" for one that it is
// not in; what is not there is made.
func (s *scene) place(who *discordtest.Person, name string) discordtest.ID {
	if name == "private" {
		return who.Direct()
	}
	if id, known := s.places[name]; known {
		return id
	}
	switch {
	case name == "#general":
		return s.discord.General()
	case strings.HasPrefix(name, "#"):
		s.places[name] = s.discord.AddChannel(s.discord.Guild(), strings.TrimPrefix(name, "#"))
	case strings.HasPrefix(name, "the thread of "):
		s.places[name] = s.said[strings.TrimPrefix(name, "the thread of ")]
	case strings.HasPrefix(name, "thread "):
		s.places[name] = who.OpenThread(s.discord.General(), strings.TrimPrefix(name, "thread "))
	case strings.HasPrefix(name, "voice "):
		s.places[name] = s.discord.AddPlace(s.discord.Guild(), discordtest.GuildVoice, strings.TrimPrefix(name, "voice "))
	case strings.HasPrefix(name, "news "):
		s.places[name] = s.discord.AddPlace(s.discord.Guild(), discordtest.Announcement, strings.TrimPrefix(name, "news "))
	case name == "abroad":
		_, s.places[name] = s.discord.AddForeignGuild("Abroad")
	default:
		_, s.places[name] = s.discord.AddGuild(name)
	}
	return s.places[name]
}

// options reads "ask question: When? private: true".
func (s *scene) options(text string) (command string, opts []discordtest.Option) {
	at := optForm.FindAllStringSubmatchIndex(text, -1)
	if len(at) == 0 {
		return strings.TrimSpace(text), nil
	}
	for i, m := range at {
		end := len(text)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		name, value := text[m[2]:m[3]], strings.TrimSpace(text[m[1]:end])
		switch name {
		case "file":
			opts = append(opts, discordtest.OptFile(name, s.file(value)))
		case "channel", "role":
			opts = append(opts, discordtest.Opt(name, string(s.places[value])))
		default:
			opts = append(opts, discordtest.Opt(name, value))
		}
	}
	return strings.TrimSpace(text[:at[0][0]]), opts
}

// types shows what is offered while the last of the options is typed.
func (s *scene) types(who *discordtest.Person, text string) {
	s.t.Helper()
	command, opts := s.options(text + " ")
	last := opts[len(opts)-1]
	offers, err := who.Autocomplete(s.t.Context(), s.here, command, last.Name, last.Value, opts[:len(opts)-1]...)
	if err != nil {
		s.t.Fatal(err)
	}
	if len(offers) == 0 {
		s.note.WriteString("  (nothing is offered)\n")
	}
	for _, o := range offers {
		s.note.WriteString("  ┆ " + o.Name + "\n")
	}
}

// shown is the newest message of the bot's that a person sees here and that has the button; without one, the newest.
func (s *scene) shown(who *discordtest.Person, button string) discordtest.Message {
	s.t.Helper()
	for _, m := range slices.Backward(s.discord.Messages(s.here)) {
		if m.Author.Bot && (m.For == "" || m.For == who.ID()) &&
			(button == "" || hasButton(m.Components, strings.Trim(button, "[]"))) {
			return m
		}
	}
	s.t.Fatalf("%s sees no %s here:\n%s", who.Name(), button, s.discord.Channel(s.here).Transcript())
	return discordtest.Message{}
}

func hasButton(list []discordtest.Component, label string) bool {
	return slices.ContainsFunc(list, func(c discordtest.Component) bool {
		inside := hasButton(c.Components, label) || c.Accessory != nil && c.Accessory.Label == label
		return c.Label == label || c.Placeholder == label || inside || strings.HasSuffix(c.Label, " "+label) &&
			!strings.HasPrefix(c.Label, "← ")
	})
}

// What happens around people.
var (
	rightsForm  = regexp.MustCompile(`^Pilcrow may not (.+) in (#\w+)$`)
	roleForm    = regexp.MustCompile(`^(\w+) has the role (\w+)$`)
	localeForm  = regexp.MustCompile(`^(\w+)'s Discord speaks (\S+)$`)
	shownForm   = regexp.MustCompile(`^the server shows /(.+) to (\w+)$`)
	changedForm = regexp.MustCompile(`^in the folder, (\S+) is now as (\S+)$`)
	saysForm    = regexp.MustCompile(`^the model (?:says, (slowly|at once)|(fails)): ?(.*)$`)
)

// rights are what the bot can be denied.
var rights = map[string]int{
	"send messages": discordtest.SendMessages, "send messages in threads": discordtest.SendInThreads,
	"read the history": discordtest.ReadHistory, "attach files": discordtest.AttachFiles,
	"open threads": discordtest.CreateThreads,
}

// happen is a step of nobody's. It tells whether something must be seen to come of it.
func (s *scene) happen(step string) (awaited bool) {
	s.t.Helper()
	s.early = false
	switch {
	case step == "the bot is started again":
		s.stopped(s.t)
		s.start(s.t)
	case strings.HasPrefix(step, "Pilcrow writes to "):
		return true
	case step == "the thread is locked":
		s.discord.Archive(s.here)
	case step == "the thread falls asleep":
		s.discord.Sleep(s.here)
	case rightsForm.MatchString(step):
		m := rightsForm.FindStringSubmatch(step)
		s.discord.Deny(s.place(nil, m[2]), rights[m[1]])
	case roleForm.MatchString(step):
		m := roleForm.FindStringSubmatch(step)
		if s.places[m[2]] == "" {
			s.places[m[2]] = s.discord.AddRole(s.discord.Guild(), m[2])
		}
		s.discord.User(m[1]).SetRoles(s.places[m[2]])
	case strings.HasSuffix(step, " has installed Pilcrow"):
		s.discord.User(strings.TrimSuffix(step, " has installed Pilcrow")).InstallForUser()
	case shownForm.MatchString(step):
		m := shownForm.FindStringSubmatch(step)
		s.discord.Grant(m[1], s.discord.User(m[2]))
	case localeForm.MatchString(step):
		m := localeForm.FindStringSubmatch(step)
		s.discord.User(m[1]).SetLocale(m[2])
	case changedForm.MatchString(step):
		m := changedForm.FindStringSubmatch(step)
		if err := os.WriteFile(filepath.Join(s.env[envDocs], m[1]), s.files[m[2]], 0o600); err != nil {
			s.t.Fatal(err)
		}
	case saysForm.MatchString(step):
		s.teach(saysForm.FindStringSubmatch(step))
	default:
		s.t.Fatalf("nothing of that kind happens: %s", step)
	}
	return false
}

// teach decides what the model says from now on.
func (s *scene) teach(m []string) {
	reply := openaitest.Reply{Text: m[3]}
	switch {
	case m[2] == "fails":
		reply.Fault = openaitest.Failing
	case m[1] == "slowly":
		// Longer than the time between two edits for each sentence, so that every stage is seen on any machine.
		reply.Delay, reply.Pace = 2*time.Second, 2500*time.Millisecond/time.Duration(max(1,
			len(strings.Fields(m[3]))/max(1, strings.Count(m[3], "["))))
	}
	s.model.Always(reply)
}
