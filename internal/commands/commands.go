// Package commands is the contract between what a person can ask the bot to do and the transports: Discord, the
// terminal and whatever comes next.
//
// A command takes an Input and returns a Reply. It knows nothing of tokens, embeds or terminals: a transport turns
// its own event into an Input, and the Reply into what its wire can show. The packages below have the commands;
// dispatch has the table of all of them.
package commands

import (
	"context"
	"encoding/json"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/followup"
	"pilcrow/internal/lang"
)

// A ParamType says what a parameter takes.
type ParamType int

// The types of a parameter.
const (
	Text       ParamType = iota
	Integer              // a whole number, at least 1
	Flag                 // present or not
	Document             // the slug of a loaded document
	Attachment           // a file, in Input.Files; its argument is the file's name
	Channel              // the id of a channel, digits
	Role                 // the id of a role, digits
)

// A Param is one parameter of a command.
type Param struct {
	Name     string // lower-case letters, as in Discord and as a flag of the terminal
	Summary  string // one line, at most 100 characters
	Type     ParamType
	Required bool
	Rest     bool     // in a terminal it takes the words that follow the command; at most one per command
	MaxRunes int      // for Text: longer input is refused; 0 means the transport's own limit
	Only     Place    // where it is offered
	Line     bool     // for Text: it has no lines, however long it may be
	Choices  []string // for Text: the values that it may have; nil for any
	Carried  bool     // by buttons: no form asks for it
	// Complete offers values for what has been typed so far, best first; nil for none.
	Complete func(ctx context.Context, in Input, typed string) []string
}

// A Command is one row of the table.
type Command struct {
	Name    string // one word, or two: "documents add" is one of several below "documents"
	Summary string // one line, at most 100 characters
	Params  []Param
	Only    Place // where it is offered
	// the name under which a chat offers it on a message, whose text is its required Text; "" for not at all
	Menu string
	// only for those who manage the server, or its documents; checked by Table.Run, whatever the transport did
	Admin   bool
	Private bool          // the reply is for the asker alone
	Unread  bool          // it reads no document, and answers while those of the server are not in memory
	Timeout time.Duration // Table.Run ends it after that; 0 means a default of a minute
	Run     func(ctx context.Context, in Input) (Reply, error)
}

// A Place says where a command is offered.
type Place int

// The places. A transport offers the commands for Anywhere and for its own place.
const (
	Anywhere Place = iota
	Terminal       // of use to scripts and measurements only
	Chat           // needs a bot that keeps running
	Button         // offered by an Action alone, never by its name
)

// Args are a call's arguments by parameter name, as text; a Flag is "true". A missing argument is absent.
type Args map[string]string

// Input is one call of a command. Nothing in it is trusted but Admin, which the transport has checked.
type Input struct {
	Args    Args
	Admin   bool     // the caller may manage the server
	Manages bool     // the caller may change the documents: Admin, or by a role; set by the Table
	Scope   []string // slugs of the documents that the caller may see; nil means all
	From    Place    // where the call comes from: Terminal or Chat
	// Who calls and from where, as the transport knows it; ids, "" for none.
	Person   string
	Name     string   // what the person is called there
	Roles    []string // of the person, in the server
	Server   string
	Channels []string // the channel and, for a thread, the one that it is in
	Unplaced bool     // the channel may be a thread of one that is not known
	Lang     lang.Printer
	Files    map[string]Upload // by the name of the parameter
	// Show shows a stage of the reply while the command runs; Run's own reply takes its place. nil where nobody can see
	// it. It does not block, and may drop what is soon followed by more.
	Show func(Reply)
	// Turns are what was asked and answered before in the conversation, oldest first. They help to read the question, and
	// nothing of them is kept.
	Turns []followup.Turn
	// Asked is the question that the message repeats whose button was pressed; "" where it names none.
	Asked string
}

// An Upload is a file that a person sent. It is not trusted, nor is its name.
type Upload struct {
	Name      string
	MediaType string // as the transport was told; "" for unknown
	Data      []byte // at most 10 MiB
}

// A Block is a piece of a reply: plain text, which every transport escapes for its own wire.
type Block struct {
	Kind  BlockKind
	Text  string
	Cites []article.Ref  // shown as ¶ markers behind the text
	More  int            // paragraphs besides those, shown as a number behind the markers: "+7"
	Bold  []article.Span // of Text, in order, not overlapping
	// Link is an address of the operator's own, where what is shown stands on the web; "" for none.
	Link string
	// Language is that of Code, "" where it is not known.
	Language string
	// Channels and Roles are ids, shown behind the text as a chat names them, without calling anybody. A terminal leaves
	// them out.
	Channels, Roles []string
	// Commands are names of commands, shown in front of the text as a chat names them: so that one press begins them. A
	// terminal leaves them out.
	Commands []string
	Moments  []Moment // of Text, in order, not overlapping
	// Row is the row of a list that the block belongs to, counted from 1; 0 for none. A chat may set the row apart, with
	// the actions of the same number beside it and in the color of the Tone of its first block.
	Row  int
	Tone Tone
}

// A Moment is a time that is written in a text. A chat may show how long ago it is, in the reader's own way.
type Moment struct {
	article.Span
	At time.Time
}

// At says of the words of the block, if they stand there, that they are a time.
func (b Block) At(written string, t time.Time) Block {
	if i := strings.Index(b.Text, written); i >= 0 && written != "" {
		b.Moments = append(b.Moments, Moment{article.Span{Start: i, End: i + len(written)}, t})
	}
	return b
}

// BlockKind says how a block is shown.
type BlockKind int

// The kinds of block.
const (
	Sentence BlockKind = iota // follows the block before on the same line
	Para                      // begins a paragraph
	Heading                   // a title
	Quote                     // the words of a document
	Item                      // one of a list
	Small                     // small print
	Code                      // as it is, with its lines; Language says of which language
	Byline                    // whose words the block above is, and what belongs to it; nothing stands between them
)

// An Action offers another command: a button in Discord, nothing in a terminal. It carries all that the command
// needs, so that it works after a restart.
type Action struct {
	Label   string // at most 80 characters
	Command string
	Args    Args
	Apart   bool   // begins another row than the actions before it
	Turn    bool   // turns a page: the reply may take the place of the one under which the action is offered
	Row     int    // of a list, that the action belongs to; 0 for none
	Short   string // its label where it stands beside its row; "" for Label
	Form    bool   // first asks, in a form, for the Text parameters of the command that Args lacks
	Tone    Tone
}

// A Tone says what pressing a button means, so that it is not pressed for another.
type Tone int

// The tones.
const (
	Plain   Tone = iota
	Forward      // what most people do next
	Agree        // does what was shown before
	Destroy      // takes something away
	Wary         // to be looked at: of a block alone
)

// A File is what a reply carries beside its text.
type File struct {
	Name      string // "timeline.png"
	MediaType string // "image/png"
	Alt       string // what it shows, for those who do not see it; at most 1,024 characters
	// Write makes its content. It is called when a transport can show the file, by any goroutine and as often as needed.
	Write func(w io.Writer) error
}

// A Reply is what a command answers.
type Reply struct {
	Blocks  []Block
	Sources []article.Passage // the cited paragraphs, each once, in the order of first citation
	Actions []Action
	// the blocks show the sources' words: a transport that prints sources in full need not repeat them
	Listed   bool
	File     *File             // nil for none
	Share    bool              // who alone was shown it may show it to all of the channel
	Withheld int               // sentences of the model's that are not shown
	Nothing  bool              // there was nothing to show: not covered, no such thing found (exit code 1)
	JSON     json.Marshaler    // the same for machines, as the command line's contract says
	titles   map[string]string // of cited documents that are not among Sources
}

// At returns the command's parameters as the place offers them.
func (c Command) At(place Place) []Param {
	return slices.DeleteFunc(slices.Clone(c.Params), func(p Param) bool { return !p.Only.Offers(place) })
}

// Offers tells whether what is offered at p is offered at the place.
func (p Place) Offers(place Place) bool { return p == Anywhere || p == place }

// Cited are the words of a source that were cited, as its button carries them and ReadSpans reads them; "" where it
// carries none.
func (r Reply) Cited(ref article.Ref) string {
	for _, a := range r.Actions {
		if a.Command == ParagraphCommand && a.Args["document"] == ref.Slug && a.Args["number"] == strconv.Itoa(ref.N) {
			return a.Args[BoldParam]
		}
	}
	return ""
}

// Say adds a block of plain text.
func (r *Reply) Say(kind BlockKind, text string) {
	r.Blocks = append(r.Blocks, Block{Kind: kind, Text: text})
}

// ParagraphCommand opens a paragraph: most buttons do.
const ParagraphCommand = "paragraph"

// Room is whose memory a call shares: a server's, or that of one private conversation. What is remembered of one room
// is unknown in all others.
func (in Input) Room() string {
	if in.Server != "" || len(in.Channels) == 0 {
		return in.Server
	}
	return "channel " + in.Channels[0]
}

// What a button that opens a paragraph carries besides its number: the mark of the text that was cited, and the words
// that bear out a sentence, by their places.
const (
	TextParam = "text"
	BoldParam = "bold"
)
