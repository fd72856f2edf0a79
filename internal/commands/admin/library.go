package admin

import "pilcrow/internal/commands"

// Commands are the rows for those who manage a server's documents, with what everybody may know of these.
func (t *Table) Commands() []commands.Command {
	return []commands.Command{t.listDocuments(), t.showDocument(), t.addDocument(), t.replaceDocument(),
		t.removeDocument(),
		t.undoDocument(),
		t.documentHistory(), t.scopeDocuments(), t.documentRole(), t.unhideDocument(), t.status(), t.confirmDocument(),
		t.cancelDocument()}
}
