package offer

import "testing"

// Discord's ids of the commands are known when it gave them.
func TestCommandIDs(t *testing.T) {
	r := &Registrar{}
	if r.IDs() != nil {
		t.Error("ids are known before Discord gave them")
	}
	r.know([]wireCommand{{ID: "7", Name: "ask", Type: 1}, {ID: "8", Name: "Check", Type: 3}, {ID: "x>", Name: "odd"}})
	if ids := r.IDs(); len(ids) != 1 || ids["ask"] != "7" {
		t.Errorf("%v", ids)
	}
}
