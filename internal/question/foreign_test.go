package question

import (
	"slices"
	"strings"
	"testing"
)

// The function words of another language are no words that an answer must have; in an English question they stay.
func TestForeignStops(t *testing.T) {
	for text, want := range map[string]string{
		"Wie viel hat der Umbau gekostet?":            "umbau gekostet",
		"Warum ist das Tor am Hafen zu?":              "tor hafen",
		"Combien de livres peut-on emprunter ?":       "livr emprunt",
		"Est-ce que les chiens sont admis ?":          "chien admi",
		"¿Por qué estará cerrado el puente?":          "estara cerrado puent",
		"پل کب سے بند رہے گا؟":                        "پل بند",
		"هزینه ترمیم پل چند است؟":                     "هزینه ترمیم پل",
		"د پل بندول څومره وخت نیسي او څوک یې کوي؟":    "پل بندول وخت نیسي کوي",
		"did the ship's captain die in the harbor":    "ship captain die harbor",
		"what does las vegas have on the main street": "las vega street",
		"die hard":  "die hard",
		"un budget": "un budget",
	} {
		if got := strings.Join(ParseIn(text, Language(text)).Stems, " "); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
	for language, list := range askingWords {
		if !slices.Contains([]string{"de", "es", "fa", "fr", "ps", "ur"}, language) || len(list) < 40 {
			t.Errorf("%d words of %q, which is never counted", len(list), language)
		}
	}
}
