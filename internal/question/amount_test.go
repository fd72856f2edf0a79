package question

import (
	"testing"

	"pilcrow/internal/words"
)

// TestAmount: "how much" and a verb asks for a price or a weight; "how much is" a thing asks what it costs. What it
// asks of what is left, or how much of something there is, is no price.
func TestAmount(t *testing.T) {
	price, weight := words.Stem("expensive"), words.Stem("heavy")
	for _, tt := range []struct{ question, want string }{
		{"how much is membership", price},
		{"how much are the tickets?", price},
		{"how much for a child", price},
		{"how much is it to rent a kayak", price},
		{"how much would a new boiler cost", price},
		{"how much do the drivers earn", price},
		{"how much did they pay for the mast", price},
		{"how much does the anvil weigh", weight},
		{"how much did the bell weigh when it was cast", weight},
		{"how much is left in the tank", ""},
		{"how much is known of the wreck", ""},
		{"how much is 3 plus 4", ""},
		{"how much water does the tank hold", ""},
		{"how much did the river rise", ""},
		{"how much is it", ""},
	} {
		if got := Parse(tt.question).How; got != tt.want {
			t.Errorf("%q asks for %q, want %q", tt.question, got, tt.want)
		}
	}
}

// TestAmountStated: a day and the number of a rule are no price, nor is a number of other things a weight.
func TestAmountStated(t *testing.T) {
	for _, tt := range []struct {
		question, text string
		want           bool
	}{
		{"how much is membership", "3. Membership ends on 30 September.", false},
		{"how much is membership", "Members pay 40 crowns a year.", true},
		{"how much is the tour", "The tour lasts 2 hours.", false},
		{"how much is the tour", "The tour is free.", true},
		{"how much would the gate cost", "The gate leaks in eleven places.", false},
		{"how much would the gate cost", "The smith wants 900 pounds for it.", true},
		{"how much does the bell weigh", "The bell has two clappers.", false},
		{"how much does the bell weigh", "The bell is of 400 kilos.", true},
	} {
		if got := Parse(tt.question).Plainly(tt.text); got != tt.want {
			t.Errorf("%q by %q: %t", tt.question, tt.text, got)
		}
	}
}

// TestHowItStarted: what is asked of the past is no cry for help with the program.
func TestHowItStarted(t *testing.T) {
	for _, text := range []string{"how did it start", "how did that start", "how did this begin"} {
		if got := Read(text); got.Route == Help {
			t.Errorf("%q is read as help, by %q", text, got.Rule)
		}
	}
	if got := Read("how do i start"); got.Route != Help {
		t.Errorf("“how do i start” is read as %q", got.Route)
	}
}
