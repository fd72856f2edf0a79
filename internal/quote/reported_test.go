package quote

import (
	"testing"

	"pilcrow/internal/article"
)

// TestReportedBehind finds who said what is reported without marks, where the verb stands before its subject.
func TestReportedBehind(t *testing.T) {
	for text, want := range map[string]string{
		"Skaters must wait, said Nora Lind of the sports office.":                  "Nora Lind",
		"Without blossom, hives must be fed sugar, said Lars Imhof of a club.":     "Lars Imhof",
		"The ice is thin, wrote Ann Smith in a letter to the council.":             "Ann Smith",
		"The ice is thin, said Smith on Monday.":                                   "Smith",
		"Farmers, who lost cattle, need help, said Peter Falk.":                    "Peter Falk",
		"The mayor, a baker by trade, was wrong, said Ann Smith of the council.":   "Ann Smith",
		"Lund, speaking in Kabul, said Moe was wrong.":                             "Lund",
		"Lund, speaking in Kabul, said Moe of the council had been told the truth": "Lund",
		"Lund, speaking in Kabul, told Moe of the council.":                        "Lund",
		"After the vote, said Ann Smith of Lom was wrong.":                         "",
	} {
		d, err := article.Parse("x.md", []byte("# Ice\n\n"+text+"\n"))
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if all := Read(nil, d).Statements; len(all) > 0 {
			got = all[0].Speaker
		}
		if got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
