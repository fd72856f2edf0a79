package quote

import (
	"slices"
	"strings"
	"testing"

	"pilcrow/internal/article"
)

// What an article stands before is a thing with a place behind it, and no person with a family name.
func TestThingsOfPlaces(t *testing.T) {
	for text, want := range map[string][]string{
		"Das Freibad von Oberlinden öffnet am Sonntag. Otto von Greif freut sich.": {"Otto von Greif"},
		"Der Bürgermeister von Neustadt kam nicht. Karl von Amberg sprach.":        {"Karl von Amberg"},
		"La Feria de Montalvo vuelve. Carmen de la Cruz vive en el barrio.":        {"Carmen de la Cruz"},
		"Le Pont de Vireux est fermé. Jean de Brissac habite en face.":             {"Jean de Brissac"},
		"Oberlinden lies by a lake. Maria van den Berg lives there.":               {"Maria van den Berg"},
	} {
		d := article.Document{Slug: "d", Passages: []article.Passage{{Ref: article.Ref{Slug: "d", N: 1}, Text: text}}}
		var got []string
		for _, p := range Read(nil, d).People {
			if len(strings.Fields(p.Name)) > 2 {
				got = append(got, p.Name)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
