package convert

func readPDF([]byte) (*draft, error) { return nil, refuse("PDF is not read yet") }
