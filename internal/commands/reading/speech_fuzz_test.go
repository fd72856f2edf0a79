package reading

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/commands/access"
	"pilcrow/internal/rag/corpus"
)

// FuzzSpeech asks any document anything. Whatever is shown as somebody's words is a slice of the document.
func FuzzSpeech(f *testing.F) {
	f.Add("\"We will appeal,\" said Ada Stone.\n\nShe called it “a shame” and ‘a joke’ in May.", "we shall appeal",
		"stone")
	f.Add("Ada Stone said that it rained on 3 May 2020.", "\"it rained\"", "")
	f.Add("\"a", "\"\"", "\"")
	f.Add("„So“, sagte er. »Nein«, sagte sie.\n\n\"\xff\" he said", "\xff", "\u0301")
	f.Fuzz(func(t *testing.T, text, about, speaker string) {
		d, err := article.Parse("a.txt", []byte(text))
		if err != nil {
			t.Skip()
		}
		documents, err := article.NewCorpus(d)
		if err != nil {
			t.Skip()
		}
		v := access.View{Edition: &corpus.Edition{Corpus: documents}, Documents: documents.Documents()}
		read := readSpeech(nil, d)
		s := spoken{Quotations: read.said, reports: read.reported, voices: voices(read.said, read.reported, read.people)}
		q := Query{About: strings.ToValidUTF8(about, "?"), Speaker: strings.ToValidUTF8(speaker, "?")}
		for _, in := range []commands.Input{{From: commands.Terminal}, {From: commands.Chat}} {
			reply := QuoteReply(q, q.Search(s), s, v, in)
			for i, b := range reply.Blocks {
				if b.Kind == commands.Quote && !strings.Contains(d.Passages[reply.Blocks[i+1].Cites[0].N-1].Text, b.Text) {
					t.Fatalf("not in the document: %q", b.Text)
				}
				if !utf8.ValidString(b.Text) {
					t.Fatalf("not UTF-8: %q", b.Text)
				}
				at := 0
				for _, span := range b.Bold {
					if span.Start < at || span.End <= span.Start || span.End > len(b.Text) {
						t.Fatalf("bold %v of %q", b.Bold, b.Text)
					}
					at = span.End
				}
			}
			if _, err := reply.JSON.MarshalJSON(); err != nil {
				t.Fatal(err)
			}
		}
	})
}
