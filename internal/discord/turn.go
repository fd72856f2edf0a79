package discord

import (
	"bytes"
	"fmt"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/lang"
)

const maxFile = 8 << 20 // bytes of a reply's file; Discord: 10 MiB

// mayTurn tells whether a click on a button may replace the message that has it: who asked for the message may turn its
// pages, and in a private one everybody who sees it. Others get the page for themselves, so that nobody's is turned
// under their eyes.
func mayTurn(e event) bool {
	switch m := e.Message; {
	case m == nil:
		return false
	case m.Flags&flagEphemeral != 0:
		return true
	case m.Metadata == nil || m.Metadata.User == nil:
		return false
	default:
		return m.Metadata.User.ID == e.who()
	}
}

// page lays a reply out with its file. Without the file it is an answer, too.
func (b *Bot) page(server string, r commands.Reply, single bool, say lang.Printer) page {
	var link func(article.Passage) string
	if b.links != nil {
		link = func(source article.Passage) string { return b.links(server, r, source) }
	}
	k := layout{say, link, b.commandIDs()}
	p := k.render(r, single)
	if r.File == nil {
		p.cards = k.cards(r, linksOf(r, link))
		return p
	}
	var data bytes.Buffer
	err := r.File.Write(&data)
	if err == nil && data.Len() > maxFile {
		err = fmt.Errorf("%d bytes, more than %d", data.Len(), maxFile)
	}
	if err != nil {
		b.log("make the file of a reply", err)
		return p
	}
	p.files = append(p.files, attachment{r.File.Name, r.File.MediaType, r.File.Alt, data.Bytes()})
	return p
}
