export type RawFile = 'head' | 'journal' | 'document'
