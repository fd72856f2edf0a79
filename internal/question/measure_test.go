package question

import "testing"

func TestMeasuresStated(t *testing.T) {
	for _, tt := range []struct {
		question, text string
		want           bool
	}{
		{"how long is the fence", "They put a fence along the roughly 120-mile shore.", true},
		{"how long did the talks go on", "The talks went on for nine days.", true},
		{"how long is the fence", "In 2021 the fence was painted by 40 men.", false},
		{"why was the long fence torn down", "It was 40 meters long.", false},
		{"how far is it to the mill", "The mill stands half a mile up the river.", true},
		{"How heavy is the pump?", "It weighs 4.5 kilograms.", true},
		{"How heavy is the pump?", "It has 4 valves and lifts 3 meters.", false},
		{"how old was he when he died", "He died after 81 years at sea.", true},
		{"how tall is the mast", "The mast took nine days to make.", false},
	} {
		if got := Parse(tt.question).States(tt.text) != ""; got != tt.want {
			t.Errorf("%q by %q: %t", tt.question, tt.text, got)
		}
	}
}
