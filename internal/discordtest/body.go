package discordtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strconv"
	"strings"
)

const (
	maxBody  = 25 << 20 // bytes; what Discord takes in one request
	maxFile  = 10 << 20 // bytes; Discord: upload limit without boosts
	maxFiles = 10       // Discord: attachments of one message
)

// form is a request's body: JSON, and files if it was multipart.
type form struct {
	json  json.RawMessage
	files []file
}

// file is files[n] of a multipart body.
type file struct {
	n    int
	name string
	kind string
	data []byte
}

var errBodyTooLarge = errors.New("body too large")

// readBody reads a whole request body and takes it apart. The bytes are returned for the record even on error.
func readBody(w http.ResponseWriter, r *http.Request) ([]byte, form, error) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		return body, form{}, errBodyTooLarge
	}
	f, err := parseBody(r.Header.Get("Content-Type"), body)
	return body, f, err
}

// parseBody takes a body apart by its content type. An empty body is an empty object.
func parseBody(contentType string, body []byte) (form, error) {
	kind, params, err := mime.ParseMediaType(contentType)
	if len(body) == 0 {
		return form{json: json.RawMessage("{}")}, nil
	}
	if err != nil {
		return form{}, fmt.Errorf("content type %q: %w", contentType, err)
	}
	switch kind {
	case "application/json":
		if !json.Valid(body) {
			return form{}, errors.New("not JSON")
		}
		return form{json: body}, nil
	case "multipart/form-data":
		return parseMultipart(multipart.NewReader(bytes.NewReader(body), params["boundary"]))
	default:
		return form{}, fmt.Errorf("content type %q", contentType)
	}
}

// parseMultipart reads payload_json and files[n].
func parseMultipart(r *multipart.Reader) (form, error) {
	f := form{json: json.RawMessage("{}")}
	for {
		part, err := r.NextPart()
		if errors.Is(err, io.EOF) {
			return f, nil
		}
		if err != nil {
			return form{}, fmt.Errorf("multipart: %w", err)
		}
		data, err := io.ReadAll(part)
		if err != nil {
			return form{}, fmt.Errorf("multipart: %w", err)
		}
		name := part.FormName()
		number, isFile := strings.CutPrefix(name, "files[")
		switch {
		case name == "payload_json":
			if !json.Valid(data) {
				return form{}, errors.New("payload_json is not JSON")
			}
			f.json = data
		case isFile:
			n, err := strconv.Atoi(strings.TrimSuffix(number, "]"))
			if err != nil {
				return form{}, fmt.Errorf("multipart: field %q", name)
			}
			f.files = append(f.files, file{n: n, name: part.FileName(), kind: part.Header.Get("Content-Type"), data: data})
		default:
			return form{}, fmt.Errorf("multipart: field %q", name)
		}
	}
}
