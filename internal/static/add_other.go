//go:build !amd64

package static

// addScaled adds bytes, read as whole numbers from -128 to 127, times the scale to the sum, which is not longer.
func addScaled(sum []float32, values []byte, scale float32) {
	addPlainly(sum, values[:len(sum)], scale)
}
