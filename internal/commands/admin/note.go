package admin

import (
	"strings"
	"unicode/utf8"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/convert"
	"pilcrow/internal/lang"
)

// noteSentence says what was left out when a file was converted, or what is doubtful about it.
func noteSentence(p lang.Printer, n convert.Note) string {
	switch n.Kind {
	case convert.Untold:
		return p.Text("Letters that could not be told, and became �: %d. Sentences that hold one are never quoted.", n.N)
	case convert.Coded:
		return p.Text("The fonts do not say which letters they hold, so some may be wrong: %d.", n.N)
	case convert.Recognized:
		return p.Text("Pages that a program recognized from pictures, with perhaps wrong letters: %d.", n.N)
	case convert.Disordered:
		return p.Text("Columns or a table could not be put into order. Paragraphs whose words may follow each other "+
			"otherwise: %d.", n.N)
	case convert.Unquoted:
		return p.Text("Paragraphs whose words are not sure, so that nothing of them is quoted: %d.", n.N)
	case convert.DamagedPages:
		return p.Text("Pages that are damaged and were not read to the end: %d.", n.N)
	case convert.EmptyPages:
		return p.Text("Pages without text, perhaps pictures, which are not loaded: %d.", n.N)
	case convert.OtherStyles:
		return p.Text("The page's styles are in other files: text in the color of its ground could not be told and was kept.")
	case convert.NoArticle:
		return p.Text("No article was found in the page, so all of its text was taken.")
	case convert.WrongPart:
		return p.Text("Hardly a word of the page's title stands in what was taken: see whether it is the right part.")
	case convert.MissingChapters:
		return p.Text("Chapters that are missing from the file: %d.", n.N)
	case convert.HiddenText:
		return p.Text("Text that readers do not see was left out: %d words.", n.Words)
	case convert.InvisibleCharacters:
		return p.Text("Characters that readers do not see were left out: %d.", n.N)
	case convert.SourceComments:
		return p.Text("Comments in the source were left out: %d.", n.N)
	case convert.PictureTexts:
		return p.Text("Descriptions of pictures were left out: %d.", n.N)
	case convert.DeletedWords:
		return p.Text("Deleted words were left out: %d.", n.N)
	case convert.StruckWords:
		return p.Text("Struck words were left out: %d.", n.N)
	case convert.TurnedWords:
		return p.Text("Words across the page were left out: %d.", n.N)
	}
	return p.Text("Comments of reviewers were left out: %d.", n.N)
}

// unsureLines name the documents whose words may be wrong, with why.
func unsureLines(p lang.Printer, corpus *article.Corpus, h commands.Health) []string {
	if corpus == nil {
		return nil
	}
	var lines []string
	say := func(name string, n convert.Note) {
		lines = append(lines, p.Isolate(commands.Clip(name, commands.MaxNameRunes))+": "+noteSentence(p, n))
	}
	files := map[string]bool{}
	for _, d := range corpus.Documents() {
		files[d.Path] = true
		n, unsure := 0, 0
		for _, passage := range d.Passages {
			n += strings.Count(passage.Text, string(utf8.RuneError))
			if passage.Unsure {
				unsure++
			}
		}
		if n > 0 {
			say(d.Slug, convert.Note{Kind: convert.Untold, N: n})
		}
		if unsure > 0 {
			say(d.Slug, convert.Note{Kind: convert.Unquoted, N: unsure})
		}
	}
	for _, u := range h.Unsure {
		if files[u.File] && u.Note.Kind != convert.Untold { // which were counted
			say(u.File, u.Note)
		}
	}
	return lines
}
