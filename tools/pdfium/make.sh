#!/usr/bin/env bash
# Makes internal/pdfium/pdfium.wasm.gz: PDFium as WebAssembly, as a published Go module carries it, without what is not called here. It needs go
# and npm; the result is the same to the byte each time.
set -euo pipefail
cd "$(dirname "$0")/../.."
module=github.com/klippa-app/go-pdfium@v1.21.4
binaryen=132.0.0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dir=$(cd "$work" && go mod download -json "$module" | sed -n 's/.*"Dir": "\(.*\)".*/\1/p')
echo "e6f77e01dce34de05ad62515114152da580b64c23871e3e3e2afef3f7bb88ade  $dir/internal/pdfium_wasm/pdfium.wasm" >"$work/sum"
sha256sum --check --quiet "$work/sum"
(cd "$work" && npm install --silent --no-save "binaryen@$binaryen")
# What Go calls is what stays.
{
	printf '[{"name":"go","root":true,"reaches":['
	sed -n 's/^\t\t*"\(FPDF[A-Za-z_]*\|malloc\|free\|_initialize\)".*/"\1"/p' internal/pdfium/exports.go | paste -sd, | tr -d '\n'
	printf ',"memory"]}'
	{
		sed -n 's/^\t\t*"\(FPDF[A-Za-z_]*\|malloc\|free\|_initialize\)".*/\1/p' internal/pdfium/exports.go
		echo memory
	} | while read -r name; do printf ',{"name":"%s","export":"%s"}' "$name" "$name"; done
	printf ']'
} >"$work/graph.json"
# wazero 1.12 reads these features, and not the compact imports that --all-features would write.
"$work/node_modules/.bin/wasm-metadce" --enable-exception-handling --enable-bulk-memory --enable-bulk-memory-opt --enable-reference-types \
	--enable-multivalue --enable-mutable-globals --enable-nontrapping-float-to-int --enable-sign-ext --enable-simd \
	--graph-file="$work/graph.json" "$dir/internal/pdfium_wasm/pdfium.wasm" -o "$work/pdfium.wasm" >/dev/null
gzip -9 -n -c "$work/pdfium.wasm" >internal/pdfium/pdfium.wasm.gz
sha256sum internal/pdfium/pdfium.wasm.gz
