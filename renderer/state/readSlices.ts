type Slice = { readonly text: string; readonly nextOffset: number | null }

/** A long text, slice by slice. */
export async function readSlices(
  read: (slice: { readonly offset: number; readonly limitBytes: number }) => Promise<Slice>,
): Promise<string> {
  const parts: string[] = []
  for (let offset: number | null = 0; offset !== null;) {
    const slice: Slice = await read({ offset, limitBytes })
    parts.push(slice.text)
    offset = slice.nextOffset
  }
  return parts.join('')
}

const limitBytes = 262_144
