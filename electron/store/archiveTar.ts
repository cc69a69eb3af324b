// Entries of a tar file (POSIX ustar, with pax headers for what does not fit), as every tar program reads them.
//
// Written here and not by a library, because the archive has to know at which byte of the tar the content of each file begins,
// which the streams of tar libraries keep to themselves.

export type TarEntry = {
  readonly path: string
  readonly sizeBytes: number
  readonly mode: number
  /** Seconds since 1970. */
  readonly modifiedAt: number
}

/** What stands before the content of a file. */
export function tarHeader(entry: TarEntry): Buffer {
  const extended = extendedFields(entry)
  const header = headerBlock(entry, '0')
  if (extended.byteLength === 0) return header
  const pax = { path: 'PaxHeaders/file', sizeBytes: extended.byteLength, mode: 0o644 }
  return Buffer.concat([
    headerBlock({ ...pax, modifiedAt: entry.modifiedAt }, 'x'),
    extended,
    tarPadding(extended.byteLength),
    header,
  ])
}

/** What stands behind it, up to the next block. */
export function tarPadding(sizeBytes: number): Buffer {
  return Buffer.alloc((blockBytes - (sizeBytes % blockBytes)) % blockBytes)
}

/** What stands behind the last file. */
export function tarEnd(): Buffer {
  return Buffer.alloc(2 * blockBytes)
}

/** Name, size: fields of the old format hold 100 bytes and 8 GiB. */
function extendedFields({ path, sizeBytes }: TarEntry): Buffer {
  const fields = []
  if (Buffer.byteLength(path) > nameBytes || !isAscii(path))
    fields.push(extendedField('path', path))
  if (sizeBytes > largestOctal) fields.push(extendedField('size', String(sizeBytes)))
  return Buffer.concat(fields)
}

/** `<length> <key>=<value>\n`; the length counts its own digits. */
function extendedField(key: string, value: string): Buffer {
  const rest = ` ${key}=${value}\n`
  const bytes = Buffer.byteLength(rest)
  let length = bytes + String(bytes).length
  if (bytes + String(length).length !== length) length = bytes + String(length).length
  return Buffer.from(`${length}${rest}`)
}

function headerBlock(entry: TarEntry, type: '0' | 'x'): Buffer {
  const block = Buffer.alloc(blockBytes)
  Buffer.from(entry.path).copy(block, 0, 0, nameBytes)
  block.write(octal(entry.mode, 7), 100)
  block.write(octal(0, 7), 108)
  block.write(octal(0, 7), 116)
  block.write(octal(Math.min(entry.sizeBytes, largestOctal), 11), 124)
  block.write(octal(Math.max(0, entry.modifiedAt), 11), 136)
  // The sum is made as if it were eight spaces.
  block.write(' '.repeat(8), 148)
  block.write(type, 156)
  block.write('ustar\x0000', 257)
  const sum = block.reduce((total, byte) => total + byte, 0)
  block.write(`${octal(sum, 6)}\0 `, 148)
  return block
}

function octal(value: number, digits: number): string {
  return Math.floor(value).toString(8).padStart(digits, '0')
}

function isAscii(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text)
}

const [blockBytes, nameBytes] = [512, 100]
const largestOctal = 0o77777777777
