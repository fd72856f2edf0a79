package access

import (
	"context"
	"errors"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/budget"
	"pilcrow/internal/commands"
	"pilcrow/internal/convert"
	"pilcrow/internal/fetch"
	"pilcrow/internal/intake"
	"pilcrow/internal/lang"
	"pilcrow/internal/library"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ask"
)

// whyNot is the sentence for an error of the library; "" for one that is not meant for readers.
func whyNot(p lang.Printer, err error) string {
	if refused, ok := errors.AsType[*intake.Refusal](err); ok {
		return whyRefused(p, refused)
	}
	if failed, ok := errors.AsType[*fetch.Error](err); ok {
		return p.Text("The address could not be read. %s: %s.", commands.Clip(commands.OneLine(failed.URL),
			commands.MaxCauseRunes),
			commands.Clip(strings.TrimSuffix(failed.Msg, "."), commands.MaxCauseRunes))
	}
	if failed, ok := errors.AsType[*convert.Error](err); ok {
		return p.Text("The file could not be read: %s.", commands.Clip(strings.TrimSuffix(failed.Msg, "."),
			commands.MaxCauseRunes))
	}
	if failed, ok := errors.AsType[*article.FileError](err); ok {
		return p.Text("There is something wrong with the file. %s, line %d: %s.", intake.Printable(failed.Path), failed.Line,
			commands.Clip(strings.TrimSuffix(failed.Msg, "."), commands.MaxCauseRunes))
	}
	if large, ok := errors.AsType[*budget.TooLarge](err); ok {
		return p.Text("It needs about %s of memory, and for the documents of this server there are %s. Part it and add "+
			"less of it, remove other "+
			"documents first, or ask whoever runs me to raise PILCROW_MEMORY.", budget.Size(large.Need), budget.Size(large.Most))
	}
	return whyNotNow(p, err)
}

// whyNotNow is whyNot for what has nothing to tell but its kind.
func whyNotNow(p lang.Printer, err error) string {
	switch {
	case errors.Is(err, budget.ErrCrowded):
		return p.Text("There is no memory left for it just now, as others are being answered. Nothing was changed; please " +
			"try again in a minute.")
	case errors.Is(err, library.ErrLoading):
		return p.Text("The documents of this server are just being loaded, as nobody had asked for a while. Please try " +
			"again in a moment.")
	case errors.Is(err, ask.ErrBusy):
		return p.Text("A reload is already running: wait for it to end.")
	case errors.Is(err, library.ErrBusy):
		return p.Text("Somebody else is changing the documents just now. Wait for it to end, then try again.")
	case errors.Is(err, library.ErrGone):
		return p.Text("I no longer have that preview: it was confirmed or canceled, is older than 15 minutes, or I was " +
			"restarted since. " +
			"Nothing was changed by this click; begin again.")
	case errors.Is(err, library.ErrNotYours):
		return p.Text("Only the one who made this preview may confirm or cancel it.")
	case errors.Is(err, library.ErrChanged):
		return p.Text("The document was changed by somebody since. Nothing was changed now: look at it, and begin again.")
	case errors.Is(err, library.ErrNoDocument):
		return p.Text("There is no such document here.")
	case errors.Is(err, library.ErrNothing):
		return p.Text("There is nothing to undo.")
	case errors.Is(err, library.ErrNoBytes):
		return p.Text("That change is too old to be undone: the text of before is no longer kept.")
	case errors.Is(err, library.ErrFull):
		return p.Text("This server has as many documents as it may have or as large ones (%d documents, %d MiB, %d "+
			"paragraphs): remove one first.",
			library.MaxDocuments, library.MaxBytes>>20, library.MaxPassages)
	case errors.Is(err, library.ErrCrowded):
		return p.Text("Too many previews are being looked at just now. Try again in a few minutes.")
	case errors.Is(err, library.ErrBounds):
		return p.Text("That is more than I can keep: fewer, please.")
	case errors.Is(err, rag.ErrBudget):
		return p.Text("Nothing was changed: new paragraphs have to be embedded, and today's budget of tokens for the " +
			"models is used up. " +
			"It begins anew at midnight UTC.")
	case errors.Is(err, context.DeadlineExceeded):
		return p.Text("That took too long and was ended. Nothing was changed; please try again.")
	case errors.Is(err, ask.ErrNotLoaded):
		return p.Text("The documents are still being loaded. Please try again in a moment.")
	}
	return ""
}

// whyRefused says what is wrong with a file that was sent or an address.
func whyRefused(p lang.Printer, r *intake.Refusal) string {
	switch r.Why {
	case intake.NoAddresses:
		return p.Text("I do not fetch anything from addresses here. Send the file itself.")
	case intake.Empty:
		return p.Text("There is nothing in it: the file is empty.")
	case intake.TooLarge:
		return p.Text("It is larger than 10 MiB. Send it in parts.")
	case intake.OnlyTexts:
		return p.Text("I can take only texts here: .md or .txt.")
	case intake.OtherMarkup:
		return p.Text("I do not read %s. Convert it to Markdown (%s) and send that.", r.Format, r.Command)
	case intake.OwnFields:
		return p.Text("The text has a title and a date of its own in its first lines. Leave out title and published, or " +
			"change them there.")
	case intake.UTF16:
		return p.Text("The text is UTF-16. Save it as UTF-8 to give it a title or a date.")
	case intake.Exists:
		return p.Text("There is a document %s already. To put this one in its place, use /documents replace; to keep "+
			"both, give it another title.", r.Slug)
	}
	return p.Text("It could not be read as a document.")
}
