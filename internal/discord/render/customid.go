package render

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"pilcrow/internal/commands"
)

const maxCustomID = 100 // Discord: characters of a component's custom_id

// A button's custom_id is all that is known when it is clicked, perhaps after a restart: the command and its arguments,
// as in `paragraph|document=border-war|number=4`. A backslash stands before a bar, an equals sign or a backslash that
// is part of a name or a value.

// TurnMark stands in front of a call whose reply may take the place of the message that has the button. No command's
// name begins with it.
const TurnMark = "~"

// FormMark stands in front of the call of a button that opens a form. No command's name begins with it.
const FormMark = "+"

// buttonID is the custom_id of an action. ok is false if it does not fit.
func buttonID(a commands.Action) (id string, ok bool) {
	id, ok = encodeCall(a.Command, a.Args)
	if a.Turn {
		id = TurnMark + id
	}
	if a.Form {
		id = FormMark + id
	}
	return id, ok && utf8.RuneCountInString(id) <= maxCustomID
}

// encodeCall writes a call as a custom_id. ok is false if it does not fit or would not come back the same.
func encodeCall(command string, args commands.Args) (id string, ok bool) {
	var b strings.Builder
	b.WriteString(quote(command))
	for _, name := range slices.Sorted(maps.Keys(args)) {
		b.WriteString("|" + quote(name) + "=" + quote(args[name]))
	}
	id = b.String()
	return id, command != "" && utf8.ValidString(id) && utf8.RuneCountInString(id) <= maxCustomID
}

var quoter = strings.NewReplacer(`\`, `\\`, `|`, `\|`, `=`, `\=`)

func quote(s string) string { return quoter.Replace(s) }

// DecodeCall reads what encodeCall has written. ok is false for anything else: a custom_id comes from outside.
func DecodeCall(id string) (command string, args commands.Args, ok bool) {
	if utf8.RuneCountInString(id) > maxCustomID {
		return "", nil, false
	}
	var fields []string
	var kinds []byte // what ended each field
	var field strings.Builder
	for i := 0; i < len(id); i++ {
		switch c := id[i]; {
		case c == '\\' && i+1 < len(id):
			i++
			field.WriteByte(id[i])
		case c == '|' || c == '=':
			fields, kinds = append(fields, field.String()), append(kinds, c)
			field.Reset()
		default:
			field.WriteByte(c)
		}
	}
	fields = append(fields, field.String())
	command, args = fields[0], commands.Args{}
	for i := 1; i < len(fields); i += 2 {
		if i+1 >= len(fields) || kinds[i-1] != '|' || kinds[i] != '=' {
			return "", nil, false
		}
		args[fields[i]] = fields[i+1]
	}
	again, ok := encodeCall(command, args)
	return command, args, ok && again == id
}
