package question

import (
	"reflect"
	"testing"
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
