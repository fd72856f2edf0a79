package openaitest

import "testing"

func FuzzParse(f *testing.F) {
	f.Add("/v1/embeddings", []byte(`{"model":"m","input":["a","b"]}`))
	f.Add("/v1/embeddings", []byte(`{"model":"m","input":"a"}`))
	f.Add("/v1/chat/completions",
		[]byte(`{"model":"m","messages":[{"role":"user","content":"[1]\n~~~\ntext: A. B.\n~~~"}]}`))
	f.Add("/v1/chat/completions", []byte(`{"model":"m","messages":[{"role":"user","content":"[2] inline"}]}`))
	f.Fuzz(func(t *testing.T, path string, content []byte) {
		r, breach := parse(path, content)
		if breach != "" {
			return
		}
		if r.Model == "" || len(r.Input) == 0 && len(r.Messages) == 0 {
			t.Errorf("%s taken as %+v", content, r)
		}
		if n, sentence := nearestPassage(r.Messages); (n == "") != (sentence == "") {
			t.Errorf("%s: passage %q, sentence %q", content, n, sentence)
		}
	})
}
