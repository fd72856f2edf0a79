package question

import (
	"reflect"
	"testing"

	"pilcrow/internal/words"
)

// TestTraitsArePacked packs each trait alone, whatever traits there are.
func TestTraitsArePacked(t *testing.T) {
	for i := range reflect.TypeFor[Traits]().NumField() {
		var tr Traits
		reflect.ValueOf(&tr).Elem().Field(i).SetBool(true)
		if got := TraitsOfBits(tr.Bits()); got != tr {
			t.Errorf("%+v came back as %+v", tr, got)
		}
	}
}

func TestMeasures(t *testing.T) {
	tests := []struct {
		question, text string
		want           bool
	}{
		{"how long is the fence", "They are building a fence along the roughly 120-mile shore.", true},
		{"how long did the talks go on", "The talks went on for nine days.", true},
		{"how long is the fence", "In 2021 the fence was painted by 40 men.", false},
		{"how big is a garden", "A garden measures eighty square meters.", true},
		{"how big is a garden", "The rent of a garden is 30 pounds.", false},
		{"how old was he when he died", "He died at the age of 81.", true},
		{"how old is Ann Lee", "Ann Lee had not slept for twenty hours.", false},
		{"How heavy is the pump?", "It weighs 4.5 kilograms.", true},
		{"How heavy is the pump?", "It has 4 valves.", false},
		{"how far is it to the mill", "The mill stands half a mile up the river.", true},
		{"how often are the filters changed", "The filters are changed twice a year.", true},
		{"how often are the filters changed", "There are 3 filters.", false},
		{"How long does it keep old files?", "Setting: keep_days. Default: 30.", true},
	}
	for _, tt := range tests {
		q := Parse(tt.question)
		if got := q.Holds(tt.text); q.Kind != Number || got != tt.want {
			t.Errorf("%q holds an answer to %q: %v, want %v (kind %v, how %q)",
				tt.text, tt.question, got, tt.want, q.Kind, q.How)
		}
	}
}

func TestCountsPersons(t *testing.T) {
	tests := []struct {
		question, text string
		want           bool
	}{
		{"how many people went on strike", "About 120 drivers went on strike.", true},
		{"how many people work there", "It has 14 nurses and two doctors.", true},
		{"how many ppl are on the board", "The board has seven members.", true},
		{"how many people went on strike", "The strike lasted 12 days.", false},
		{"how many buses stood still", "About 120 drivers went on strike.", false},
	}
	for _, tt := range tests {
		q := Parse(tt.question)
		tokens := words.Tokenize(tt.text)
		if got := q.CountsPersons(tokens) && q.HoldsTokens(tt.text, tokens); got != tt.want {
			t.Errorf("%q counts persons for %q: %v, want %v", tt.text, tt.question, got, tt.want)
		}
	}
}
