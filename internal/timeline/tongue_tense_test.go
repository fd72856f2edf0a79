package timeline

import (
	"testing"

	"pilcrow/internal/article"
)

// A date without a year is the coming one where it is near and no word of another language tells the past: the present
// tense announces. Each text is of 2 May 2025.
func TestComingDatesOfOtherLanguages(t *testing.T) {
	for text, want := range map[string]string{
		"Das Freibad von Oberlinden öffnet am 17. Mai wieder.":         "2025-05-17",
		"Die neue Schule beginnt am 3. Juni mit dem Unterricht.":       "2025-06-03",
		"Le marché de la ville rouvre le 17 mai dans la grande halle.": "2025-05-17",
		"El museo de la ciudad abre el 17 de mayo sus puertas.":        "2025-05-17",
		"Das Freibad von Oberlinden wurde am 17. Mai geschlossen.":     "2024-05-17",
		"Le marché de la ville a fermé le 17 mai pour des travaux.":    "2024-05-17",
		"El museo de la ciudad fue cerrado el 17 de mayo por la obra.": "2024-05-17",
		"Das Freibad von Oberlinden schließt am 17. November wieder.":  "2024-11-17",
	} {
		d := article.Document{Slug: "d", Published: civil(2025, 5, 2),
			Passages: []article.Passage{{Ref: article.Ref{Slug: "d", N: 1}, Text: text}}}
		events := Events(nil, d)
		if len(events) != 1 || events[0].Start.Format("2006-01-02") != want {
			t.Errorf("%s: %v, want %s", text, events, want)
		}
	}
}
