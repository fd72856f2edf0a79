package reading

import (
	"pilcrow/internal/commands"
	"pilcrow/internal/lang"
	"pilcrow/internal/quote"
)

// sayUnread says what a reply leaves out because a document has more of it than is read.
func sayUnread(r *commands.Reply, p lang.Printer, u quote.Unread) {
	if u.Paragraphs > 0 {
		r.Say(commands.Small, p.Text("%d paragraphs have more quotation marks than I read, so that quotations in them may "+
			"be missing.",
			u.Paragraphs))
	}
	if u.Quotations > 0 {
		r.Say(commands.Small, p.Text("%d more quotations are left out: there are too many in one document.", u.Quotations))
	}
	if u.Names > 0 {
		r.Say(commands.Small, p.Text("Some names are left out: there are too many in one document."))
	}
}

// unreadNames are the names that are left out of the documents.
func unreadNames(read []speech) quote.Unread {
	var u quote.Unread
	for _, s := range read {
		u.Names += s.unread.Names
	}
	return u
}
