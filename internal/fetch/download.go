package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"
)

// stallTimeout is how long a download may bring nothing; how long all of it takes is the caller's business.
const stallTimeout = 60 * time.Second

var errStalled = fmt.Errorf("nothing came for %v", stallTimeout)

// Download appends to the file what the address has beyond the file's end, until it holds size bytes: a download that
// broke off is taken up again where it ended. A file that is too long, or that the server cannot continue, is begun
// anew. An address that gives more or fewer bytes is an error; whether they are the right ones is for the caller to
// check. progress, if not nil, is told how many bytes there are.
func (f *Fetcher) Download(ctx context.Context, address string, file *os.File, size int64,
	progress func(done int64)) error {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || len(address) > maxURLBytes {
		return &Error{"the address", "not one that can be read: want one such as https://example.org/model.bin", ErrRefused}
	}
	if err := f.check(u); err != nil {
		return err
	}
	have, err := file.Seek(0, io.SeekEnd)
	if err == nil && have > size {
		have, err = 0, restart(file)
	}
	if err != nil || have == size {
		return err
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	stalled := time.AfterFunc(stallTimeout, func() { cancel(errStalled) })
	defer stalled.Stop()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return &Error{shown(u), "not an address that can be asked for", ErrRefused}
	}
	request.Header.Set("User-Agent", f.agent)
	request.Header.Set("Accept-Encoding", "identity") // the bytes themselves, so that they can be counted and continued
	if have > 0 {
		request.Header.Set("Range", fmt.Sprintf("bytes=%d-", have))
	}
	response, err := f.client.Do(request)
	if err != nil {
		return brokenOff(ctx, u, err)
	}
	defer response.Body.Close()
	if have, err = f.continued(response, u, file, have); err != nil {
		return err
	}
	beat := func() { stalled.Reset(stallTimeout) }
	return appendBody(ctx, u, &heard{response.Body, beat}, file, have, size, progress)
}

// A heard reader tells of each read.
type heard struct {
	io.Reader
	beat func()
}

// Read implements io.Reader.
func (h *heard) Read(p []byte) (int, error) {
	n, err := h.Reader.Read(p)
	h.beat()
	return n, err
}

// brokenOff says why nothing comes any more.
func brokenOff(ctx context.Context, u *url.URL, err error) error {
	if errors.Is(context.Cause(ctx), errStalled) {
		return &Error{shown(u), errStalled.Error() + ": try again, it goes on where it ended", errStalled}
	}
	return failure(ctx, u, err)
}

// appendBody appends what comes to the file, which has so many bytes, until it has size bytes.
func appendBody(ctx context.Context, u *url.URL, body io.Reader, file *os.File, have, size int64,
	progress func(done int64)) error {
	for buffer := make([]byte, 256<<10); ; {
		n, err := body.Read(buffer)
		if have += int64(n); have > size {
			return &Error{shown(u), fmt.Sprintf("it has more than the %d bytes that it is to have", size), ErrRefused}
		}
		if _, err := file.Write(buffer[:n]); err != nil {
			return fmt.Errorf("write what %s gives: %w", shown(u), err)
		}
		if progress != nil && n > 0 {
			progress(have)
		}
		switch {
		case errors.Is(err, io.EOF) && have == size:
			return nil
		case err != nil && ctx.Err() != nil:
			return brokenOff(ctx, u, err)
		case err != nil:
			return &Error{shown(u), fmt.Sprintf("it broke off after %d of %d bytes: try again, it goes on where it ended", have,
				size), err}
		}
	}
}

// continued looks at how the server answers: from where it was asked, from the beginning, or not at all. It returns how
// many bytes of the file hold.
func (f *Fetcher) continued(response *http.Response, u *url.URL, file *os.File, have int64) (int64, error) {
	switch code := response.StatusCode; {
	case code == http.StatusPartialContent && have > 0:
		from, _, _ := strings.Cut(strings.TrimPrefix(response.Header.Get("Content-Range"), "bytes "), "-")
		if at, err := strconv.ParseInt(from, 10, 64); err != nil || at != have {
			return 0, &Error{shown(u), "the server goes on from another place than asked", nil}
		}
		return have, nil
	case code == http.StatusOK:
		return 0, restart(file)
	case code == http.StatusRequestedRangeNotSatisfiable:
		if err := restart(file); err != nil {
			return 0, err
		}
		return 0, &Error{shown(u), "the server has fewer bytes than the file already holds: try again, it begins anew", nil}
	case code == http.StatusNotFound || code == http.StatusGone:
		return 0, &Error{shown(u), "there is no such file (any more)", ErrGone}
	case code == http.StatusTooManyRequests || code >= 500:
		return 0, &Error{shown(u), fmt.Sprintf("the server cannot give it now (%d): try again later", code), nil}
	default:
		return 0, &Error{shown(u), fmt.Sprintf("the server answers with status %d", code), nil}
	}
}

// restart empties the file.
func restart(file *os.File) error {
	if err := file.Truncate(0); err != nil {
		return err
	}
	_, err := file.Seek(0, io.SeekStart)
	return err
}
