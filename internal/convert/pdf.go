package convert

func readPDF([]byte) (*draft, error) { return nil, refuse("PDF is not read yet") }

func readArchive([]byte) (*draft, error) { return nil, refuse("archives are not read yet") }
