package question

import "testing"

// What is taken for a question that anybody may answer, and near misses beside it.
func TestUnaddressed(t *testing.T) {
	for text, want := range map[string]bool{
		"When was the lighthouse at Skarvik lit?":                             true,
		"when was the lighthouse at skarvik lit":                              true,
		"Hi all, does anyone know when the lighthouse at Skarvik was lit?":    true,
		"In which year was the tower at Skarvik finished?":                    true,
		"How do you reset the pump of the ferry?":                             true,
		"Wann wurde der Leuchtturm von Skarvik zum ersten Mal gebaut?":        true,
		"Quand le phare de Skarvik a-t-il été allumé pour la première fois ?": true,
		"¿Cuándo se encendió el faro de Skarvik por primera vez?":             true,
		"سکارویک کا مینار پہلی بار کب روشن ہوا؟":                              true,
		"When was it lit?":                                                     false, // too few words
		"The lighthouse at Skarvik was lit in 1871.":                           false,
		"So the lighthouse at Skarvik was lit in 1871?":                        false, // an opinion with a mark
		"When did you see the lighthouse at Skarvik lit?":                      false,
		"How do you like the lighthouse at Skarvik in winter?":                 false,
		"Which of us paints the lighthouse at Skarvik?":                        false,
		"Who would have thought that the lighthouse at Skarvik was lit?":       false,
		"Wann hast du den Leuchtturm von Skarvik zum ersten Mal gesehen?":      false,
		"Que penses-tu du phare de Skarvik, la première fois ?":                false,
		"> When was the lighthouse at Skarvik lit?":                            false, // a quotation
		"When was the lighthouse at Skarvik lit? And what do you think of it?": false,
		"": false,
	} {
		if got := len(Unaddressed(text)) > 0; got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestAsks(t *testing.T) {
	for text, want := range map[string]bool{
		"really?": true, "who fell": true, "Hello! Please tell me who fell.": true, "کیوں؟": true,
		"thanks a lot": false, "nice": false, "": false,
	} {
		if got := Asks(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}
