package quote

import (
	"testing"

	"pilcrow/internal/article"
)

// Words with a letter that a converter could not tell are nobody's words.
func TestUnsureWords(t *testing.T) {
	d, err := article.Parse("a.txt", []byte("The mill\n\n“We will open it again in the spring,” said Ann Berg.\n\n“We "+
		"will o\ufffder it to the town,” said Bo Lie.\n"))
	if err != nil {
		t.Fatal(err)
	}
	if all := Find(nil, d); len(all) != 1 || all[0].Speaker != "Ann Berg" {
		t.Errorf("%+v", all)
	}
}
