package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// What a package brings besides the program is made of the command line itself, here, so that the program need not
// contain what makes it: kongplete and mango-kong, which do that at run time, have rested since 2023 and 2022.
func TestHelpManual(t *testing.T) {
	var f flags
	parser, err := kong.New(&f, kong.Name("bot"))
	if err != nil {
		t.Fatal(err)
	}
	example, err := os.ReadFile("../../.env.example")
	if err != nil {
		t.Fatal(err)
	}
	for path, text := range map[string]string{
		"bot.1":                manual(parser.Model, string(example)),
		"completions/bot.bash": bashCompletion(parser.Model),
		"completions/_bot":     zshCompletion(parser.Model),
		"completions/bot.fish": fishCompletion(parser.Model),
	} {
		path = filepath.Join("../../packaging", path)
		if *update {
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		got, err := os.ReadFile(path)
		if err != nil || string(got) != text {
			t.Errorf("%s is not what the command line is now, %v: run make golden", path, err)
		}
	}
}

// leaf is a command that can be given, by the words that it is given with.
type leaf struct {
	words []string
	node  *kong.Node
}

func leaves(app *kong.Application) (all []leaf) {
	var walk func(n *kong.Node, words []string)
	walk = func(n *kong.Node, words []string) {
		for _, c := range n.Children {
			all = append(all, leaf{append(slices.Clone(words), c.Name), c})
			walk(c, append(slices.Clone(words), c.Name))
		}
	}
	walk(app.Node, nil)
	return all
}

// options are the flags of a command, with those of all, without --help.
func options(n *kong.Node) (all []*kong.Flag) {
	for at := n; at != nil; at = at.Parent {
		for _, f := range at.Flags {
			if f.Name != "help" {
				all = append(all, f)
			}
		}
	}
	return all
}

// roff escapes a text for a manual page.
func roff(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`, "¶", `\[ps]`, "…", "...").Replace(text)
	if strings.HasPrefix(text, ".") || strings.HasPrefix(text, "'") {
		text = `\&` + text
	}
	return text
}

func manual(app *kong.Application, example string) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line(`.\" made by TestHelpManual of the command line and of .env.example`)
	line(`.TH BOT 1 "" "Pilcrow %s" "User Commands"`, version)
	line(".SH NAME\nbot \\- answers questions about documents, with the paragraph that each sentence came from")
	line(".SH SYNOPSIS\n.B bot\n[\\fIcommand\\fR] [\\fIoptions\\fR] [\\fIarguments\\fR]")
	line(
		".SH DESCRIPTION\nWithout a command the Discord bot is run, which needs a token. All other commands need none: " +
			"what can be\n" +
			"asked in Discord can be asked here. Settings are variables of the environment, or lines of a file .env beside " +
			"the program.",
	)
	flag := func(f *kong.Flag) {
		name := "--" + f.Name
		if f.Short != 0 {
			name = "-" + string(f.Short) + ", " + name
		}
		if !f.IsBool() {
			name += "=" + f.FormatPlaceHolder()
		}
		line(".TP\n.B %s\n%s", roff(name), roff(f.Help))
	}
	line(".SH OPTIONS")
	for _, f := range options(app.Node) {
		flag(f)
	}
	line(".SH COMMANDS")
	for _, l := range leaves(app) {
		usage := "bot " + strings.Join(l.words, " ")
		for _, p := range l.node.Positional {
			usage += " [" + p.Name + "]"
		}
		line(".SS %s\n%s", roff(usage), roff(l.node.Help))
		for _, f := range l.node.Flags {
			flag(f)
		}
	}
	line(".SH ENVIRONMENT")
	for _, v := range variables(example) {
		line(".TP\n.B %s\n%s", roff(v.name), roff(v.help))
	}
	line(
		".SH FILES\n.TP\n.I .env\nsettings, in the folder in which the program is started\n.TP\n.I " +
			"/etc/pilcrow/pilcrow.env\n" +
			"settings of the service\n.TP\n.I /etc/pilcrow/discord\\-token\nthe token of the service, for root alone\n.TP\n" +
			".I /var/lib/pilcrow\nwhat the service keeps",
	)
	line(
		".SH EXIT STATUS\n0 done; 1 not covered by the documents, nothing found, or a check failed; 2 wrong usage or " +
			"failure; 78 wrong configuration.",
	)
	line(".SH SEE ALSO\n.BR systemctl (1)")
	return b.String()
}

type variable struct{ name, help string }

// variables are those that .env.example explains, each with the comment above it.
func variables(example string) (all []variable) {
	setting := regexp.MustCompile(`^#([A-Z_]+)=`)
	var help []string
	for text := range strings.SplitSeq(example, "\n") {
		switch m := setting.FindStringSubmatch(text); {
		case m != nil:
			all = append(all, variable{m[1], strings.Join(help, "\n")})
		case strings.HasPrefix(text, "# ---"), text == "":
			help = nil
		default:
			help = append(help, strings.TrimPrefix(text, "# "))
		}
	}
	return all
}

// offers are the words that can follow the given ones: subcommands, and options.
func offers(app *kong.Application) (order []string, of map[string][]string) {
	of = map[string][]string{}
	add := func(key string, n *kong.Node) {
		order = append(order, key)
		for _, c := range n.Children {
			of[key] = append(of[key], c.Name)
		}
		for _, f := range options(n) {
			of[key] = append(of[key], "--"+f.Name)
		}
	}
	add("", app.Node)
	for _, l := range leaves(app) {
		add(strings.Join(l.words, " "), l.node)
	}
	return order, of
}

func bashCompletion(app *kong.Application) string {
	var b strings.Builder
	order, of := offers(app)
	b.WriteString(
		"# bash completion of bot; made by TestHelpManual\n_bot() {\n\tlocal word cur=${COMP_WORDS[COMP_CWORD]} at= next\n" +
			"\tfor word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n\t\t[[ $word == -* ]] && continue\n" +
			"\t\tnext=\"${at:+$at }$word\"\n\t\tcase $next in\n\t\t",
	)
	var known []string
	for _, key := range order[1:] {
		known = append(known, `"`+key+`"`)
	}
	b.WriteString(strings.Join(known, " | ") + ") at=$next ;;\n\t\tesac\n\tdone\n\tlocal words\n\tcase $at in\n")
	for _, key := range order {
		fmt.Fprintf(&b, "\t%q) words=%q ;;\n", key, strings.Join(of[key], " "))
	}
	b.WriteString(
		"\tesac\n\tmapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$cur\")\n}\ncomplete -o default -F _bot bot\n",
	)
	return b.String()
}

func zshCompletion(app *kong.Application) string {
	return "#compdef bot\n# made by TestHelpManual: what bash completes\nautoload -U +X bashcompinit && bashcompinit\n" +
		strings.Replace(
			bashCompletion(app),
			"\tmapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$cur\")",
			"\tCOMPREPLY=(${(f)\"$(compgen -W \"$words\" -- \"$cur\")\"})",
			1,
		)
}

func fishCompletion(app *kong.Application) string {
	var b strings.Builder
	b.WriteString("# fish completion of bot; made by TestHelpManual\n")
	quote := func(text string) string { return "'" + strings.NewReplacer(`\`, `\\`, "'", `\'`).Replace(text) + "'" }
	for _, f := range options(app.Node) {
		fmt.Fprintf(&b, "complete -c bot -l %s -d %s\n", f.Name, quote(f.Help))
	}
	for _, l := range leaves(app) {
		parent, name := l.words[:len(l.words)-1], l.words[len(l.words)-1]
		when := "__fish_use_subcommand"
		if len(parent) > 0 {
			when = "__fish_seen_subcommand_from " + strings.Join(parent, " ")
		}
		fmt.Fprintf(&b, "complete -c bot -f -n %s -a %s -d %s\n", quote(when), name, quote(l.node.Help))
		for _, f := range l.node.Flags {
			fmt.Fprintf(
				&b,
				"complete -c bot -n %s -l %s -d %s\n",
				quote("__fish_seen_subcommand_from "+name),
				f.Name,
				quote(f.Help),
			)
		}
	}
	return b.String()
}
