package pdfium

import "math"

// lookScale is how large a page is drawn to see what stands out, in pixels a point.
const lookScale = 1.5

// look draws the page, if it has pale letters, and finds which of them nobody sees: white on white, or with nothing
// dark around.
func (r *reader) look() error {
	pale := false
	for _, g := range r.out.Glyphs {
		pale = pale || g.Pale && g.Text != " "
	}
	if !pale {
		return nil
	}
	const most = 2000 // pixels
	scale := min(lookScale, most/max(r.out.Width, r.out.Height, 1))
	wide, high := uint64(r.out.Width*scale)+1, uint64(r.out.Height*scale)+1
	bitmap := r.call("FPDFBitmap_Create", wide, high, 0)
	if bitmap == 0 {
		return nil
	}
	defer r.call("FPDFBitmap_Destroy", bitmap)
	const white = 0xffffffff
	r.call("FPDFBitmap_FillRect", bitmap, 0, 0, wide, high, white)
	r.call("FPDF_RenderPageBitmap", bitmap, r.page, 0, 0, wide, high, 0, 0)
	at, stride := uint32(r.call("FPDFBitmap_GetBuffer", bitmap)), uint32(r.call("FPDFBitmap_GetStride", bitmap))
	pixels, ok := r.memory.Read(at, stride*uint32(high))
	if !ok {
		return nil
	}
	for i := range r.out.Glyphs {
		g := &r.out.Glyphs[i]
		if !g.Pale {
			continue
		}
		x, y, right, top := g.X, g.Y, g.Right, g.Y+0.7*g.Size
		if g.Angle >= 1 {
			x, y, right, top = g.X-g.Size, g.Y-g.Size, g.X+g.Size, g.Y+g.Size
		}
		g.Unseen = !contrast(
			pixels,
			stride,
			int(x*scale),
			int((r.out.Height-top)*scale),
			int(right*scale),
			int((r.out.Height-y)*scale),
		)
	}
	return nil
}

// contrast reports whether pixels of a rectangle differ so that the eye sees something.
func contrast(pixels []byte, stride uint32, left, top, right, bottom int) bool {
	const least = 40 // of 255
	darkest, lightest := math.MaxInt, 0
	for y := max(top, 0); y <= bottom; y++ {
		for x := max(left, 0); x <= right; x++ {
			i := y*int(stride) + 4*x
			if i+2 >= len(pixels) || 4*x+2 >= int(stride) {
				continue
			}
			light := (int(pixels[i]) + int(pixels[i+1]) + int(pixels[i+2])) / 3
			darkest, lightest = min(darkest, light), max(lightest, light)
		}
	}
	return lightest-darkest >= least
}
